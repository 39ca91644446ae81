// SPDX-License-Identifier: MIT
package picorn.emulator.gdb;

/** What the core is to do until it halts again. */
sealed interface Resumption {
    /** Resumptions that need nothing to be said. */
    enum Plain implements Resumption {
        /** Stay halted. */
        HALTED,
        /** Run. */
        GO,
        /** Execute one instruction. */
        STEP,
        /** Undo one instruction. */
        STEP_BACK,
        /** Undo until there would have been a halt. */
        GO_BACK
    }

    /** Step until the PC is not from {@code start} to before {@code end}. */
    record StepWithin(int start, int end) implements Resumption {
        boolean contains(int pc) {
            return Integer.compareUnsigned(pc, start) >= 0 && Integer.compareUnsigned(pc, end) < 0;
        }
    }
}
