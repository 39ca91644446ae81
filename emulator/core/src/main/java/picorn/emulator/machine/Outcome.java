// SPDX-License-Identifier: MIT
package picorn.emulator.machine;

import picorn.emulator.cpu.Access;

/** How a run ended. */
public sealed interface Outcome {
    /** The firmware ended itself with this code; 0 is well. */
    record Exited(int code) implements Outcome {}

    /** The virtual time that the run was given has passed. */
    record TimeReached() implements Outcome {}

    /** The core is locked up (ARMv7-M ARM, B1.5.15). */
    record LockedUp() implements Outcome {}

    /** The core sleeps, no event is due and no host source is open. */
    record Asleep() implements Outcome {}

    /** Somebody called {@link Machine#stop}. */
    record Stopped(StopCause cause) implements Outcome {}

    /** The core is before an instruction that has a breakpoint. */
    record Breakpoint(int address) implements Outcome {}

    /** The core is before an instruction that accesses {@code address}, which is watched. */
    record Watchpoint(int address, Access access) implements Outcome {}

    /** The core is at a BKPT, and a debugger has asked to see it. */
    record Bkpt(int address) implements Outcome {}

    /** One instruction was executed, or an exception taken. */
    record Stepped() implements Outcome {}

    /** A debugger went back to where what is known of the past begins. */
    record HistoryBegins() implements Outcome {}
}
