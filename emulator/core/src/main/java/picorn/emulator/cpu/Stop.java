// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

/** Why {@link CpuEngine#run} came back; one object an engine, overwritten by the next run. The PC is the engine's. */
public final class Stop {
    /** The reasons. "After" means that the PC is past the instruction and that it counts as executed; "at", neither. */
    public enum Reason {
        /** The cycle asked for was reached. */
        DEADLINE,
        /** {@link CpuEngine#stopBy} asked for it. */
        REQUESTED,
        /** After an SVC; {@link #value} is its immediate. */
        SVC,
        /** At a BKPT; {@link #value} is its immediate. */
        BKPT,
        /** A branch to EXC_RETURN in handler mode; {@link #value} is the EXC_RETURN value. The branch counts as executed. */
        EXCEPTION_RETURN,
        /** After a WFI. */
        WFI,
        /** After a WFE. */
        WFE,
        /** After a SEV, on engines that see it. */
        SEV,
        /** After an instruction that lowered PRIMASK, FAULTMASK or BASEPRI, after {@link CpuEngine#reportUnmasking}. */
        UNMASKED,
        /** At an instruction that faulted: {@link #fault}, {@link #address}. */
        FAULT,
        /** At an address of {@link CpuEngine#setBreakpoint}, before its instruction. */
        BREAKPOINT
    }

    /** What a {@link Reason#FAULT} was (ARMv7-M ARM, B1.5.14). */
    public enum Fault {
        NONE,
        /** UsageFault, UNDEFINSTR. */
        UNDEFINED_INSTRUCTION,
        /** UsageFault, INVSTATE: the T bit is clear. */
        INVALID_STATE,
        /** UsageFault, NOCP; or, while {@link Context.Fp#LAZY}, the first floating-point instruction of the handler. */
        NO_COPROCESSOR,
        /** UsageFault, UNALIGNED. */
        UNALIGNED,
        /** UsageFault, DIVBYZERO. */
        DIVIDE_BY_ZERO,
        /** A fetch from where nothing is mapped, or from memory that cannot execute. */
        FETCH,
        /** The MPU's refusal of a fetch, read or write. */
        FETCH_PROTECTION,
        READ_PROTECTION,
        WRITE_PROTECTION,
        /** The {@link CpuBus} refused a read. */
        READ,
        /** The {@link CpuBus} refused a write. */
        WRITE
    }

    private Reason reason = Reason.REQUESTED;
    private Fault fault = Fault.NONE;
    private int value;
    private int address;

    /** For engines: overwrites this stop with one that has no fault. */
    public Stop set(Reason newReason, int newValue) {
        reason = newReason;
        value = newValue;
        fault = Fault.NONE;
        address = 0;
        return this;
    }

    /** For engines: overwrites this stop with a fault, whose data or fetch address is {@code at}. */
    public Stop setFault(Fault newFault, int at) {
        reason = Reason.FAULT;
        value = 0;
        fault = newFault;
        address = at;
        return this;
    }

    public Reason reason() {
        return reason;
    }

    public Fault fault() {
        return fault;
    }

    /** The immediate of an SVC or BKPT, or the EXC_RETURN value. */
    public int value() {
        return value;
    }

    /** The address that faulted. */
    public int address() {
        return address;
    }

    @Override
    public String toString() {
        return reason == Reason.FAULT ? fault + " at 0x%08x".formatted(address) : reason + " " + value;
    }
}
