// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import picorn.emulator.cpu.Mapping;

/**
 * A range of addresses that shows memory from {@code offset} on.
 *
 * @param data where its loads and stores go
 */
record Segment(long base, long size, NativeRam ram, int offset, Mapping mapping, Data data) {
    /** Where loads and stores go. */
    enum Data {
        /** To the memory, as the mapping has it. */
        DIRECT,
        /** To the bus. */
        WATCHED
    }

    Segment(long base, long size, NativeRam ram, int offset, Mapping mapping) {
        this(base, size, ram, offset, mapping, Data.DIRECT);
    }

    long end() {
        return base + size;
    }

    boolean executable() {
        return mapping != Mapping.READ_WRITE;
    }

    /** The part of this segment from {@code from} to before {@code to}. */
    Segment part(long from, long to) {
        return new Segment(from, to - from, ram, offset + (int) (from - base), mapping, data);
    }

    /** The same memory, whose loads and stores go to the bus. */
    Segment watched() {
        return new Segment(base, size, ram, offset, mapping, Data.WATCHED);
    }
}
