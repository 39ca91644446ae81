// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.core.ExceptionNumber.NONE;

import picorn.emulator.cpu.CpuEngine;

/** The priority at which the core executes, of active exceptions and mask registers, and what outranks it (ARMv7-M ARM, B1.5.4). */
final class ExecutionPriority {
    /** Lower than any exception's: that of thread mode while nothing is active or masked. */
    static final int THREAD = Exceptions.THREAD_PRIORITY;

    private final CpuEngine engine;
    private final Exceptions exceptions;
    private final int[] masks = new int[3];

    ExecutionPriority(CpuEngine engine, Exceptions exceptions) {
        this.engine = engine;
        this.exceptions = exceptions;
    }

    /** ExecutionPriority() of the manual. */
    int current() {
        int boosted = boostedByMasks();
        int primask = masks[0] != 0 ? 0 : THREAD;
        return Math.min(exceptions.activePriority(), Math.min(primask, boosted));
    }

    /** What counts for waking from WFI: PRIMASK does not hold interrupts back then (B1.5.19). */
    private int ignoringPrimask() {
        return Math.min(exceptions.activePriority(), boostedByMasks());
    }

    /** Reads the mask registers; the priority that BASEPRI and FAULTMASK give. */
    private int boostedByMasks() {
        engine.getMasks(masks);
        if (masks[2] != 0) {
            return -1;
        }
        int basepri = exceptions.implemented(masks[1]);
        return basepri == 0 ? THREAD : exceptions.groupPriority(basepri);
    }

    /** The pending exception that ranks highest, if it outranks {@code priority}, else {@link ExceptionNumber#NONE}. */
    int pendingAbove(int priority) {
        int n = exceptions.highestPending();
        return n != NONE && exceptions.outranks(n, priority) ? n : NONE;
    }

    /** Whether a pending exception would be taken now. */
    boolean letsPendingIn() {
        return !exceptions.nothingPending() && pendingAbove(current()) != NONE;
    }

    /** Whether a pending exception would end a WFI. */
    boolean wakesFromWfi() {
        return !exceptions.nothingPending() && pendingAbove(ignoringPrimask()) != NONE;
    }

    /** What ICSR.VECTPENDING shows: BASEPRI and FAULTMASK hide exceptions from it, PRIMASK does not (Cortex-M4 Generic User Guide, 4.3.3). */
    int vectPending() {
        return exceptions.nothingPending() ? NONE : pendingAbove(boostedByMasks());
    }
}
