// SPDX-License-Identifier: MIT
package picorn.emulator.semihosting;

import java.util.Arrays;

/** Reasons that SYS_EXIT gives (Semihosting for AArch32 and AArch64, "SYS_EXIT (0x18)"). */
public enum StopReason {
    BRANCH_THROUGH_ZERO(0x20000, "ADP_Stopped_BranchThroughZero"),
    UNDEFINED_INSTRUCTION(0x20001, "ADP_Stopped_UndefinedInstr"),
    SOFTWARE_INTERRUPT(0x20002, "ADP_Stopped_SoftwareInterrupt"),
    PREFETCH_ABORT(0x20003, "ADP_Stopped_PrefetchAbort"),
    DATA_ABORT(0x20004, "ADP_Stopped_DataAbort"),
    ADDRESS_EXCEPTION(0x20005, "ADP_Stopped_AddressException"),
    IRQ(0x20006, "ADP_Stopped_IRQ"),
    FIQ(0x20007, "ADP_Stopped_FIQ"),
    BREAKPOINT(0x20020, "ADP_Stopped_BreakPoint"),
    WATCHPOINT(0x20021, "ADP_Stopped_WatchPoint"),
    STEP_COMPLETE(0x20022, "ADP_Stopped_StepComplete"),
    RUN_TIME_ERROR(0x20023, "ADP_Stopped_RunTimeErrorUnknown"),
    INTERNAL_ERROR(0x20024, "ADP_Stopped_InternalError"),
    USER_INTERRUPTION(0x20025, "ADP_Stopped_UserInterruption"),
    APPLICATION_EXIT(0x20026, "ADP_Stopped_ApplicationExit"),
    STACK_OVERFLOW(0x20027, "ADP_Stopped_StackOverflow"),
    DIVISION_BY_ZERO(0x20028, "ADP_Stopped_DivisionByZero"),
    OS_SPECIFIC(0x20029, "ADP_Stopped_OSSpecific"),
    /** A number that the document does not list. */
    UNKNOWN(-1, "an unknown reason");

    private final int code;
    private final String description;

    StopReason(int code, String description) {
        this.code = code;
        this.description = description;
    }

    /** The document's name. */
    public String description() {
        return description;
    }

    static StopReason of(int code) {
        return Arrays.stream(values())
                .filter(reason -> reason.code == code)
                .findFirst()
                .orElse(UNKNOWN);
    }
}
