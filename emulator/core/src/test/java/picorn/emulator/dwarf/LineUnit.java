// SPDX-License-Identifier: MIT
package picorn.emulator.dwarf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Builds a unit of a .debug_line section as DWARF's appendix D.5 has it: instructions of at least 1 octet, line_base 1, line_range 15,
 * opcode_base 10; directory "src"; file 1 "main.c" in it.
 */
final class LineUnit {
    /** .debug_line_str of version 5: "src" at 0, "main.c" at 4. */
    static final byte[] LINE_STRINGS = "src\0main.c\0".getBytes(StandardCharsets.US_ASCII);

    private static final int[] OPERANDS = {0, 1, 1, 1, 1, 0, 0, 0, 1};

    private LineUnit() {}

    static DebugSections sections(byte[] lines) {
        return new DebugSections(lines, LINE_STRINGS, new byte[0]);
    }

    static byte[] of(int version, int... program) {
        byte[] header = header(version);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(new byte[] {(byte) version, 0});
        if (version == 5) {
            body.writeBytes(new byte[] {4, 0});
        }
        body.writeBytes(word(header.length));
        body.writeBytes(header);
        for (int octet : program) {
            body.write(octet);
        }
        ByteArrayOutputStream unit = new ByteArrayOutputStream();
        unit.writeBytes(word(body.size()));
        unit.writeBytes(body.toByteArray());
        return unit.toByteArray();
    }

    private static byte[] header(int version) {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(1);
        if (version >= 4) {
            header.write(1);
        }
        header.writeBytes(new byte[] {1, 1, 15, 10});
        for (int operands : OPERANDS) {
            header.write(operands);
        }
        header.writeBytes(version == 5 ? names5() : "src\0\0main.c\0\1\0\0\0".getBytes(StandardCharsets.US_ASCII));
        return header.toByteArray();
    }

    /** Directories and files by offset into .debug_line_str; files with directory index and an MD5 of nothing. */
    private static byte[] names5() {
        ByteArrayOutputStream names = new ByteArrayOutputStream();
        names.writeBytes(new byte[] {1, 1, 0x1F, 1});
        names.writeBytes(word(0));
        names.writeBytes(new byte[] {3, 1, 0x1F, 2, 0x0B, 5, 0x1E, 2});
        for (int file = 0; file < 2; file++) {
            names.writeBytes(word(4));
            names.write(0);
            names.writeBytes(new byte[16]);
        }
        return names.toByteArray();
    }

    private static byte[] word(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
