// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.Arrays;
import java.util.BitSet;
import picorn.emulator.cpu.Mapping;

/** The 4 GB that the core sees, by pages of 1 KB in tables of 4 MB. */
final class AddressMap {
    private static final int TABLE_BITS = 22;
    private static final int TABLE_SIZE = 1 << TABLE_BITS - Page.BITS;
    private static final Page[] EMPTY = emptyTable();

    private final Page[][] tables = new Page[1 << 32 - TABLE_BITS][];
    /** The numbers of pages whose loads and stores go to the bus, be there memory or not. */
    private final BitSet watched = new BitSet();

    AddressMap() {
        Arrays.fill(tables, EMPTY);
    }

    private static Page[] emptyTable() {
        Page[] table = new Page[TABLE_SIZE];
        Arrays.fill(table, Page.NONE);
        return table;
    }

    /** The page at an address, {@link Page#NONE} if the bus is there. */
    Page at(int address) {
        return tables[address >>> TABLE_BITS][address >>> Page.BITS & TABLE_SIZE - 1];
    }

    void map(int base, HeapRam ram, int offset, int size, Mapping mapping) {
        for (int done = 0; done < size; done += Page.SIZE) {
            Page page = new Page(base + done, ram, offset + done, mapping);
            place(watched.get(page.base >>> Page.BITS) ? page.watched() : page);
        }
        dropCodeReachingInto(base);
        dropCodeReachingInto(base + size);
    }

    void unmap(int base, int size) {
        long pages = (size & 0xffff_ffffL) >> Page.BITS;
        for (int i = 0; i < pages; i++) {
            replace(base + (i << Page.BITS), Page.NONE);
        }
        dropCodeReachingInto(base);
    }

    private void place(Page page) {
        replace(page.base, page);
        page.ram.addView(page);
    }

    /** Sends loads and stores of the page at {@code base} to the bus, whatever is mapped there now and later. */
    void watch(int base) {
        Page page = at(base);
        watched.set(base >>> Page.BITS);
        if (page != Page.NONE) {
            place(page.watched());
        }
    }

    /** Ends {@link #watch}. */
    void unwatch(int base) {
        Page page = at(base);
        watched.clear(base >>> Page.BITS);
        if (page != Page.NONE) {
            place(page.unwatched());
        }
    }

    private void replace(int address, Page page) {
        int table = address >>> TABLE_BITS;
        if (tables[table] == EMPTY) {
            if (page == Page.NONE) {
                return;
            }
            tables[table] = EMPTY.clone();
        }
        int entry = address >>> Page.BITS & TABLE_SIZE - 1;
        Page old = tables[table][entry];
        if (old != Page.NONE) {
            old.ram.removeView(old);
            old.dropAll();
        }
        tables[table][entry] = page;
    }

    /** The memory around {@code address}, if all of it is mapped there and writable. */
    Window window(int address) {
        Page page = at(address);
        if (page.writable == null) {
            return Window.NONE;
        }
        int base = page.base - page.offset;
        for (int done = 0; done < page.ram.size(); done += Page.SIZE) {
            Page other = at(base + done);
            if (other.ram != page.ram || other.offset != done || other.writable == null) {
                return Window.NONE;
            }
        }
        return new Window(page.ram.octets, page.ram.code, base);
    }

    /** An instruction of 32 bits may begin in the page before. */
    private void dropCodeReachingInto(int address) {
        at(address - 2).drop(address - 2 & Page.MASK);
    }

    /** Forgets what was decoded from an address, if it is mapped. */
    void drop(int address) {
        at(address).drop(address & Page.MASK);
    }

    /** Forgets what was decoded from octets of {@code ram}, wherever they appear. */
    void dropCode(HeapRam ram, int from, int size) {
        for (int offset = (from & ~1) - 2; offset < from + size; offset += 2) {
            int inside = Math.max(offset, from);
            if (ram.code[inside >> HeapRam.BLOCK_BITS] == 0) {
                offset = (inside | (1 << HeapRam.BLOCK_BITS) - 1) - 1;
                continue;
            }
            for (Page page : ram.views(inside)) {
                drop(page.base + offset - page.offset);
            }
        }
    }
}
