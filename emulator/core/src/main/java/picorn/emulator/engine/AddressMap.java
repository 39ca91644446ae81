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

    /** The page at an address, made if it was not looked at before: a run sees few pages of 32 MB. */
    Page show(int address) {
        Page page = at(address);
        if (page.unseen == null) {
            return page;
        }
        Page seen = new Page(page.unseen, address & ~Page.MASK);
        place(watched.get(address >>> Page.BITS) ? seen.watched() : seen);
        return at(address);
    }

    void map(int base, HeapRam ram, int offset, int size, Mapping mapping) {
        fill(base, size >> Page.BITS, new Page(new Page.Span(base, ram, offset, mapping)));
        dropCodeReachingInto(base);
        dropCodeReachingInto(base + size);
    }

    void unmap(int base, int size) {
        fill(base, size >>> Page.BITS, Page.NONE);
        dropCodeReachingInto(base);
    }

    private void place(Page page) {
        int entry = page.base >>> Page.BITS;
        replace(entry / TABLE_SIZE, entry % TABLE_SIZE, entry % TABLE_SIZE + 1, page);
        page.ram.addView(page);
    }

    /** Sends loads and stores of the page at {@code base} to the bus, whatever is mapped there now and later. */
    void watch(int base) {
        Page page = show(base);
        watched.set(base >>> Page.BITS);
        if (page != Page.NONE) {
            place(page.watched());
        }
    }

    /** Ends {@link #watch}. */
    void unwatch(int base) {
        Page page = show(base);
        watched.clear(base >>> Page.BITS);
        if (page != Page.NONE) {
            place(page.unwatched());
        }
    }

    /** Puts {@code page} wherever one of {@code count} pages is, table by table. */
    private void fill(int base, int count, Page page) {
        int last = (base >>> Page.BITS) + count - 1;
        for (int first = base >>> Page.BITS; first <= last; ) {
            int table = first / TABLE_SIZE;
            int end = Math.min(last, table * TABLE_SIZE + TABLE_SIZE - 1);
            if (tables[table] != EMPTY || page != Page.NONE) {
                replace(table, first % TABLE_SIZE, end % TABLE_SIZE + 1, page);
            }
            first = end + 1;
        }
    }

    private void replace(int table, int from, int to, Page page) {
        if (tables[table] == EMPTY) {
            tables[table] = EMPTY.clone();
        } else {
            for (int entry = from; entry < to; entry++) {
                forget(tables[table][entry]);
            }
        }
        Arrays.fill(tables[table], from, to, page);
    }

    private static void forget(Page page) {
        if (page.ram != HeapRam.NONE) {
            page.ram.removeView(page);
            page.dropAll();
        }
    }

    /** The memory around {@code address}, if all of it is mapped there and every page may be read, and written if one may. */
    Window window(int address) {
        Page page = show(address);
        int base = page.base - page.offset;
        if (page.readable == null) {
            return Window.NONE;
        }
        for (int done = 0; done < page.ram.size(); done += Page.SIZE) {
            Page other = show(base + done);
            if (other.ram != page.ram
                    || other.offset != done
                    || other.readable == null
                    || (other.writable == null) != (page.writable == null)) {
                return Window.NONE;
            }
        }
        return new Window(page.ram, base, page.writable != null);
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
        if (size > 0 && size <= 1 << HeapRam.BLOCK_BITS && ram.isData(from) && ram.isData(from + size - 1)) {
            return; // what writes tells us of is mostly data
        }
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
