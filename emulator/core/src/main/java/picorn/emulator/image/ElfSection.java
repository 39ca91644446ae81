// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.nio.ByteBuffer;

/** Section header (System V ABI, edition 4.1, chapter 4, "Sections"), without signs. */
record ElfSection(
        int name,
        int type,
        int flags,
        long address,
        long offset,
        long size,
        long link,
        int info,
        long align,
        long entrySize) {
    static final int SIZE = 40;
    static final int SHT_SYMTAB = 2;
    static final int SHT_STRTAB = 3;
    static final int SHT_NOBITS = 8;

    private static final int SHF_ALLOC = 2;

    static ElfSection parse(ByteBuffer in) {
        return new ElfSection(
                in.getInt(),
                in.getInt(),
                in.getInt(),
                Integer.toUnsignedLong(in.getInt()),
                Integer.toUnsignedLong(in.getInt()),
                Integer.toUnsignedLong(in.getInt()),
                Integer.toUnsignedLong(in.getInt()),
                in.getInt(),
                Integer.toUnsignedLong(in.getInt()),
                Integer.toUnsignedLong(in.getInt()));
    }

    /** Whether its octets are in the file and belong into memory. */
    boolean isLoaded() {
        return (flags & SHF_ALLOC) != 0 && type != SHT_NOBITS && size > 0;
    }

    /** First address behind it. */
    long end() {
        return address + size;
    }
}
