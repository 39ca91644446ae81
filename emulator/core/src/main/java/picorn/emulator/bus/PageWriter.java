// SPDX-License-Identifier: MIT
package picorn.emulator.bus;

import java.util.Arrays;
import picorn.emulator.cpu.Ram;

/** Puts back what memories held, page by page: what is there already is not touched, so that code translated from it stays. */
public final class PageWriter {
    /** Octets of a page; the last one of a memory may have fewer. */
    public static final int PAGE = 4096;

    private final Bus bus;
    private final byte[] present = new byte[PAGE];

    /** To memories before {@code bus}. */
    public PageWriter(Bus bus) {
        this.bus = bus;
    }

    /** Makes the page of {@code ram} that begins at {@code offset} hold the first octets of {@code page}. */
    public void put(Ram ram, int offset, byte[] page) {
        int length = Math.min(PAGE, ram.size() - offset);
        ram.read(offset, present, 0, length);
        if (!Arrays.equals(present, 0, length, page, 0, length)) {
            ram.write(offset, page, 0, length);
            bus.changed(ram, offset, length);
        }
    }
}
