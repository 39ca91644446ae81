// SPDX-License-Identifier: MIT
package picorn.emulator.image;

/**
 * Octets of an image that belong together.
 *
 * @param address physical address of the first
 * @param bytes at least one; shared, so not to be changed
 */
public record Segment(int address, byte[] bytes) {
    /** Octets. */
    public int size() {
        return bytes.length;
    }

    /** {@link #address} without its sign. */
    long start() {
        return Integer.toUnsignedLong(address);
    }

    /** First address behind it, up to 2^32 or, before it is checked, beyond. */
    long end() {
        return start() + bytes.length;
    }
}
