// SPDX-License-Identifier: MIT
package picorn.emulator.dwarf;

import java.util.List;

/**
 * What stands before a line-number program (DWARF 5, 6.2.4; DWARF 4, 6.2.4).
 *
 * @param firstFile the number of the first of {@code files}: 0 since version 5, before that 1
 */
record LineHeader(
        int minimumInstructionLength, int lineBase, int lineRange, int[] operands, int firstFile, List<String> files) {
    private static final int FIRST_VERSION = 2;
    private static final int LAST_VERSION = 5;
    private static final int OPERATIONS_PER_INSTRUCTION_SINCE = 4;

    /** Of the standard and extended opcodes, special ones begin here. */
    int opcodeBase() {
        return operands.length + 1;
    }

    /** Reads the header; {@code unit} is then at the first opcode. */
    static LineHeader read(Cursor.Unit unit, DebugSections sections) throws Malformed {
        Cursor in = unit.in();
        int version = in.halfword();
        if (version < FIRST_VERSION || version > LAST_VERSION) {
            throw new Malformed("version %d of line tables".formatted(version));
        }
        if (version == LAST_VERSION) {
            in.skip(2); // sizes of an address and of a segment selector
        }
        return read(in.take(in.offset(unit.offsets())), version, new LineStrings(sections, unit.offsets()));
    }

    private static LineHeader read(Cursor in, int version, LineStrings strings) throws Malformed {
        int minimumInstructionLength = in.octet();
        if (version >= OPERATIONS_PER_INSTRUCTION_SINCE) {
            in.skip(1); // for VLIW machines, which ARM's are not
        }
        in.skip(1); // default_is_stmt
        int lineBase = (byte) in.octet();
        int lineRange = in.octet();
        int opcodeBase = in.octet();
        if (lineRange == 0 || opcodeBase == 0) {
            throw new Malformed("line_range or opcode_base is 0");
        }
        int[] operands = new int[opcodeBase - 1];
        for (int i = 0; i < operands.length; i++) {
            operands[i] = in.octet();
        }
        List<String> files = version == LAST_VERSION ? FileNames.version5(in, strings) : FileNames.before5(in);
        return new LineHeader(
                minimumInstructionLength, lineBase, lineRange, operands, version == LAST_VERSION ? 0 : 1, files);
    }
}
