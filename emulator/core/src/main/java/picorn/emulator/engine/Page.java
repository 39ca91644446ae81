// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.ArrayList;
import java.util.List;
import picorn.emulator.cpu.Mapping;

/** 1 KB of the address space that shows memory, with what has been decoded there. */
final class Page {
    /** Octets of a page, as a power of two. */
    static final int BITS = 10;

    static final int SIZE = 1 << BITS;
    static final int MASK = SIZE - 1;

    private static final Instruction[] EMPTY = {};

    /** Part of a memory at a range of addresses. */
    record Span(int base, HeapRam ram, int offset, Mapping mapping) {}

    /** What stands where nothing is mapped. */
    static final Page NONE = new Page();

    /** The address of its first octet. */
    final int base;
    /** What a load finds here, or nothing: it goes to the bus then. */
    final byte[] readable;
    /** What a store finds here, or nothing. */
    final byte[] writable;

    final boolean executable;
    final Mapping mapping;
    final HeapRam ram;
    /** Where in the memory it starts. */
    final int offset;
    /** What is decoded, by halfwords: outside of IT blocks, and in them, where 16-bit instructions leave the flags alone. */
    Instruction[] plain = EMPTY;

    Instruction[] inBlock = EMPTY;
    /** Not null while it only stands for pages that nobody has looked at; they are made one by one. */
    final Span unseen;

    /** What is translated, or about to be, from code that is here. */
    final List<Region> regions = new ArrayList<>(0);
    /** How often such code has changed. */
    int changes;

    private long lastChange = -1;

    private Page() {
        this(null);
    }

    /** Stands for all pages of {@code span}: nothing is found there until {@link AddressMap#show}. */
    Page(Span span) {
        unseen = span;
        base = 0;
        readable = null;
        writable = null;
        executable = false;
        mapping = Mapping.READ_WRITE;
        ram = HeapRam.NONE;
        offset = 0;
    }

    /** That of {@code span} which starts at {@code base}. */
    Page(Span span, int base) {
        this(base, span.ram, span.offset + base - span.base, span.mapping);
    }

    private Page(int base, HeapRam ram, int offset, Mapping mapping) {
        this(base, ram, offset, mapping, ram.octets(), mapping == Mapping.READ_EXECUTE ? null : ram.octets());
    }

    private Page(int base, HeapRam ram, int offset, Mapping mapping, byte[] readable, byte[] writable) {
        this.base = base;
        this.ram = ram;
        this.offset = offset;
        this.mapping = mapping;
        unseen = null;
        this.readable = readable;
        this.writable = writable;
        executable = mapping != Mapping.READ_WRITE;
    }

    /** The same memory, whose loads and stores go to the bus. */
    Page watched() {
        return new Page(base, ram, offset, mapping, null, null);
    }

    /** The same memory, loads and stores of which find it again. */
    Page unwatched() {
        return new Page(base, ram, offset, mapping);
    }

    /** Makes room for what will be decoded. */
    void prepareForCode() {
        if (plain.length == 0) {
            plain = new Instruction[SIZE / 2];
            inBlock = new Instruction[SIZE / 2];
        }
    }

    /** Forgets what was decoded from the halfword at {@code within}. */
    void drop(int within) {
        if (plain.length != 0) {
            plain[within >> 1] = null;
            inBlock[within >> 1] = null;
            dropRegions(within);
        }
    }

    private void dropRegions(int within) {
        for (int k = regions.size() - 1; k >= 0; k--) {
            Region region = regions.get(k);
            if (region.covers(this, within)) {
                if (lastChange != region.now()) {
                    lastChange = region.now();
                    changes++;
                }
                region.drop();
            }
        }
    }

    /** Forgets everything, since it is not where it was. */
    void dropAll() {
        while (!regions.isEmpty()) {
            regions.get(regions.size() - 1).drop();
        }
    }
}
