// SPDX-License-Identifier: MIT
package picorn.emulator.image;

import java.nio.ByteBuffer;

/** Program header (System V ABI, edition 4.1, chapter 5, "Program Header"), without signs. */
record ElfProgramHeader(
        int type, long offset, long virtual, int physical, long fileSize, long memorySize, int flags, long align) {
    static final int SIZE = 32;
    static final int PT_LOAD = 1;

    static ElfProgramHeader parse(ByteBuffer in) {
        return new ElfProgramHeader(
                in.getInt(),
                Integer.toUnsignedLong(in.getInt()),
                Integer.toUnsignedLong(in.getInt()),
                in.getInt(),
                Integer.toUnsignedLong(in.getInt()),
                Integer.toUnsignedLong(in.getInt()),
                in.getInt(),
                Integer.toUnsignedLong(in.getInt()));
    }

    /** Whether it brings octets to memory. */
    boolean loads() {
        return type == PT_LOAD && fileSize > 0;
    }
}
