// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.List;

/** Instructions that follow each other, up to a branch; the first one is outside of IT blocks. */
record Block(int address, List<Instruction> instructions) {
    /** The address after the last of them. */
    int end() {
        Instruction last = instructions.get(instructions.size() - 1);
        return last.address + last.length;
    }
}
