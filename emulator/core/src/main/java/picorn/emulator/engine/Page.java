// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.Mapping;

/** 1 KB of the address space that shows memory, with what has been decoded there. */
final class Page {
    /** Octets of a page, as a power of two. */
    static final int BITS = 10;

    static final int SIZE = 1 << BITS;
    static final int MASK = SIZE - 1;

    private static final Instruction[] EMPTY = {};

    /** Part of a memory at a range of addresses. */
    record Window(int base, HeapRam ram, int offset, Mapping mapping) {}

    /** What stands where nothing is mapped. */
    static final Page NONE = new Page();

    /** The address of its first octet. */
    final int base;
    /** What a load finds here, or nothing: it goes to the bus then. */
    final byte[] readable;
    /** What a store finds here, or nothing. */
    final byte[] writable;

    final boolean executable;
    final HeapRam ram;
    /** Where in the memory it starts. */
    final int offset;
    /** What is decoded, by halfwords: outside of IT blocks, and in them, where 16-bit instructions leave the flags alone. */
    Instruction[] plain = EMPTY;

    Instruction[] inBlock = EMPTY;
    /** Not null while it only stands for pages that nobody has looked at; they are made one by one. */
    final Window unseen;

    private Page() {
        this(null);
    }

    /** Stands for all pages of {@code window}: nothing is found there until {@link AddressMap#show}. */
    Page(Window window) {
        unseen = window;
        base = 0;
        readable = null;
        writable = null;
        executable = false;
        ram = HeapRam.NONE;
        offset = 0;
    }

    /** That of {@code window} which starts at {@code base}. */
    Page(Window window, int base) {
        this.base = base;
        unseen = null;
        ram = window.ram;
        offset = window.offset + base - window.base;
        readable = ram.octets();
        writable = window.mapping == Mapping.READ_EXECUTE ? null : readable;
        executable = window.mapping != Mapping.READ_WRITE;
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
        }
    }
}
