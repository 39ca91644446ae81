// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import picorn.emulator.cpu.Mapping;

/** A range of addresses that shows memory from {@code offset} on. */
record Segment(long base, long size, NativeRam ram, int offset, Mapping mapping) {
    long end() {
        return base + size;
    }

    boolean executable() {
        return mapping != Mapping.READ_WRITE;
    }

    /** The part of this segment from {@code from} to before {@code to}. */
    Segment part(long from, long to) {
        return new Segment(from, to - from, ram, offset + (int) (from - base), mapping);
    }
}
