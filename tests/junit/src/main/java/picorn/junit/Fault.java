// SPDX-License-Identifier: MIT
package picorn.junit;

import picorn.emulator.core.ExceptionNumber;

/** The fault exceptions of a Cortex-M4 (ARMv7-M ARM, B1.5.2). */
public enum Fault {
    /** HardFault, whether something escalated to it or it came by itself. */
    HARD_FAULT(ExceptionNumber.HARD_FAULT),
    /** MemManage, even if it escalated to HardFault. */
    MEM_MANAGE(ExceptionNumber.MEM_MANAGE),
    /** BusFault, even if it escalated to HardFault. */
    BUS_FAULT(ExceptionNumber.BUS_FAULT),
    /** UsageFault, even if it escalated to HardFault. */
    USAGE_FAULT(ExceptionNumber.USAGE_FAULT);

    private final int exception;

    Fault(int exception) {
        this.exception = exception;
    }

    static boolean isFault(int exception) {
        return exception >= ExceptionNumber.HARD_FAULT && exception <= ExceptionNumber.USAGE_FAULT;
    }

    static Fault of(int exception) {
        return values()[exception - ExceptionNumber.HARD_FAULT];
    }

    /** As the manual calls it. */
    @Override
    public String toString() {
        return ExceptionNumber.name(exception);
    }
}
