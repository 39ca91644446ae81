// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

/**
 * A piece of memory that an engine allocated in the form it likes best; every other part of the machine reads and writes the
 * guest's memory through it. Little-endian; offsets are octets from its start and unaligned ones are allowed.
 *
 * <p>Whoever writes and is not the engine's own CPU calls {@link CpuEngine#changed} afterwards, since code may have changed.
 */
public interface Ram {
    /** Octets. */
    int size();

    /** Whether it is known that nothing was written to it ever, so that all of it is 0. */
    default boolean isUntouched() {
        return false;
    }

    /** The octet at {@code offset}, 0 to 255. */
    int get8(int offset);

    /** The halfword at {@code offset}, 0 to 65535. */
    int get16(int offset);

    /** The word at {@code offset}. */
    int get32(int offset);

    /** Stores bits 7:0 of {@code value}. */
    void put8(int offset, int value);

    /** Stores bits 15:0 of {@code value}. */
    void put16(int offset, int value);

    /** Stores {@code value}. */
    void put32(int offset, int value);

    /** Copies {@code length} octets out, from {@code offset} on. */
    void read(int offset, byte[] into, int at, int length);

    /** Copies {@code length} octets in, from {@code offset} on. */
    void write(int offset, byte[] from, int at, int length);

    /** Sets {@code length} octets from {@code offset} on to {@code value}. */
    void fill(int offset, int length, int value);
}
