// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

/**
 * R0 to R12 and LR before the instruction under way: LDM and LDRD have loaded some of them when a later word is refused, and may use
 * one as their base when they are tried again.
 */
final class LoadedRegisters {
    private static final int GENERAL = 13;

    private final RegisterFile registers;
    private final int[] values = new int[GENERAL + 1];
    private boolean kept;

    LoadedRegisters(RegisterFile registers) {
        this.registers = registers;
    }

    /** From a callback: at the first access of an instruction. */
    void keep() {
        begin();
        registers.readBatch();
        for (int i = 0; i < values.length; i++) {
            values[i] = registers.value(i);
        }
        kept = true;
    }

    /** Writes them back, if they were kept. */
    void restore() {
        if (kept) {
            begin();
            registers.writeBatch();
            kept = false;
        }
    }

    /** What was kept is of another instruction. */
    void forget() {
        kept = false;
    }

    private void begin() {
        registers.begin();
        for (int i = 0; i < GENERAL; i++) {
            registers.add(RegisterFile.R0 + i, values[i]);
        }
        registers.add(RegisterFile.LR, values[GENERAL]);
    }
}
