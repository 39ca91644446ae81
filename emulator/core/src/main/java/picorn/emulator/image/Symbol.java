// SPDX-License-Identifier: MIT
package picorn.emulator.image;

/**
 * A function or an object of a program.
 *
 * @param address of its first octet, without the Thumb bit
 * @param size octets; where the program gives none, those up to the next symbol
 */
public record Symbol(String name, int address, long size, Kind kind) {
    /** What a symbol names. */
    public enum Kind {
        /** Code. */
        FUNCTION,
        /** Data. */
        OBJECT
    }

    /** Whether {@code at} is one of its octets. */
    public boolean contains(int at) {
        return Integer.toUnsignedLong(at - address) < size;
    }

    /** {@link #address} without its sign. */
    long start() {
        return Integer.toUnsignedLong(address);
    }

    /** First address behind it. */
    long end() {
        return start() + size;
    }
}
