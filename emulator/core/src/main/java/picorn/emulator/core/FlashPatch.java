// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.register.FieldAccess.UNIMPLEMENTED;
import static picorn.emulator.register.FieldAccess.WO;

import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;

/** The Flash Patch and Breakpoint unit (ARMv7-M ARM, C1.11): its registers are there, patching and breaking are not modelled. */
final class FlashPatch extends RegisterBlock {
    /** Six comparators for instructions, two for literals. */
    private static final int COMPARATORS = 8;

    private static final int FP_CTRL_RESET = 0x260;

    FlashPatch() {
        super("FPB", NarrowWrites.MERGED);
        Register ctrl = register("FP_CTRL", 0x000, FP_CTRL_RESET);
        ctrl.bit(0, "ENABLE", UNIMPLEMENTED);
        ctrl.bit(1, "KEY", WO);
        register("FP_REMAP", 0x004);
        for (int i = 0; i < COMPARATORS; i++) {
            Register comparator = register("FP_COMP" + i, 0x008 + 4 * i);
            comparator.bit(0, "ENABLE", UNIMPLEMENTED);
            comparator.bits(28, 2, "COMP");
            comparator.bits(31, 30, "REPLACE");
        }
    }
}
