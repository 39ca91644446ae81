// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** ELF header of a 32-bit file (System V ABI, edition 4.1, chapter 4, "ELF Header"), counts and sizes without sign. */
record ElfHeader(
        int type,
        int machine,
        int version,
        int entry,
        long programHeaders,
        long sectionHeaders,
        int flags,
        int size,
        int programHeaderSize,
        int programHeaderCount,
        int sectionHeaderSize,
        int sectionHeaderCount,
        int sectionNames) {
    static final int SIZE = 52;

    private static final int IDENTIFICATION = 16;

    static ElfHeader parse(Octets file) throws BadImage {
        ByteBuffer in = file.view(0, SIZE, ByteOrder.LITTLE_ENDIAN, "the ELF header");
        in.position(IDENTIFICATION);
        return new ElfHeader(
                Short.toUnsignedInt(in.getShort()),
                Short.toUnsignedInt(in.getShort()),
                in.getInt(),
                in.getInt(),
                Integer.toUnsignedLong(in.getInt()),
                Integer.toUnsignedLong(in.getInt()),
                in.getInt(),
                Short.toUnsignedInt(in.getShort()),
                Short.toUnsignedInt(in.getShort()),
                Short.toUnsignedInt(in.getShort()),
                Short.toUnsignedInt(in.getShort()),
                Short.toUnsignedInt(in.getShort()),
                Short.toUnsignedInt(in.getShort()));
    }
}
