// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

import picorn.emulator.cpu.Reg;

/** The mask registers before and after an instruction that may write them. */
final class Masks {
    private static final Reg[] REGISTERS = {Reg.PRIMASK, Reg.FAULTMASK, Reg.BASEPRI};

    private final RegisterFile registers;
    private final int[] before = new int[REGISTERS.length];
    private final int[] after = new int[REGISTERS.length];

    Masks(RegisterFile registers) {
        this.registers = registers;
    }

    /** Notes what they are. */
    void note() {
        registers.get(REGISTERS, before);
    }

    /** Whether one of them masks less than noted: BASEPRI does so when it is greater, or 0 (ARMv7-M ARM, B1.4.3). */
    boolean lowered() {
        registers.get(REGISTERS, after);
        return after[0] < before[0] || after[1] < before[1] || reach(after[2]) > reach(before[2]);
    }

    private static int reach(int basepri) {
        return basepri == 0 ? 256 : basepri;
    }
}
