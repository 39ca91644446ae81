// SPDX-License-Identifier: MIT
package picorn.emulator.dwarf;

import java.util.ArrayList;
import java.util.List;

/** A line-number program and the state machine that it drives (DWARF 5, 6.2.2 and 6.2.5). Columns and statement marks are let go. */
final class LineProgram {
    private static final int EXTENDED = 0;
    private static final int COPY = 1;
    private static final int ADVANCE_PC = 2;
    private static final int ADVANCE_LINE = 3;
    private static final int SET_FILE = 4;
    private static final int CONST_ADD_PC = 8;
    private static final int FIXED_ADVANCE_PC = 9;
    private static final int END_SEQUENCE = 1;
    private static final int SET_ADDRESS = 2;
    private static final int DEFINE_FILE = 3;
    private static final int LAST_SPECIAL = 255;

    private final Cursor in;
    private final LineRows rows;
    private final LineHeader header;
    private final List<String> files;
    private int address;
    private long file;
    private int line;

    private LineProgram(Cursor in, LineHeader header, LineRows rows) {
        this.in = in;
        this.header = header;
        files = new ArrayList<>(header.files());
        this.rows = rows;
        restart();
    }

    /** Runs that of {@code unit}; complete sequences before what makes no sense count. */
    static void run(Cursor.Unit unit, DebugSections sections, LineRows rows) {
        try {
            LineHeader header = LineHeader.read(unit, sections);
            new LineProgram(unit.in(), header, rows).run();
        } catch (Malformed e) {
            rows.abandonSequence();
        }
    }

    private void restart() {
        address = 0;
        file = 1;
        line = 1;
    }

    private void run() throws Malformed {
        while (in.hasMore()) {
            int opcode = in.octet();
            if (opcode >= header.opcodeBase()) {
                special(opcode);
            } else if (opcode == EXTENDED) {
                extended();
            } else {
                standard(opcode);
            }
        }
        rows.abandonSequence();
    }

    private void special(int opcode) throws Malformed {
        int adjusted = opcode - header.opcodeBase();
        advance(adjusted / header.lineRange());
        line += header.lineBase() + adjusted % header.lineRange();
        row();
    }

    private void advance(long operations) {
        address += (int) (operations * header.minimumInstructionLength());
    }

    private void row() throws Malformed {
        long index = file - header.firstFile();
        rows.add(address, index >= 0 && index < files.size() ? files.get((int) index) : "?", line);
    }

    private void standard(int opcode) throws Malformed {
        switch (opcode) {
            case COPY -> row();
            case ADVANCE_PC -> advance(in.uleb128());
            case ADVANCE_LINE -> line += (int) in.sleb128();
            case SET_FILE -> file = in.uleb128();
            case CONST_ADD_PC -> advance((LAST_SPECIAL - header.opcodeBase()) / header.lineRange());
            case FIXED_ADVANCE_PC -> address += in.halfword();
            default -> skipOperands(opcode);
        }
    }

    private void skipOperands(int opcode) throws Malformed {
        for (int left = header.operands()[opcode - 1]; left > 0; left--) {
            in.uleb128();
        }
    }

    private void extended() throws Malformed {
        Cursor operands = in.take(in.uleb128());
        if (!operands.hasMore()) {
            throw new Malformed("an extended opcode of no octets");
        }
        switch (operands.octet()) {
            case END_SEQUENCE -> {
                rows.endSequence(address);
                restart();
            }
            case SET_ADDRESS -> address = operands.word();
            case DEFINE_FILE -> files.add(operands.text());
            default -> {}
        }
    }
}
