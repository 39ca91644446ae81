// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.core.ExceptionFrame.BASIC_WORDS;
import static picorn.emulator.core.ExceptionFrame.EXTENDED_WORDS;
import static picorn.emulator.core.ExceptionFrame.FLOATING_POINT;
import static picorn.emulator.core.ExceptionFrame.FPSCR;
import static picorn.emulator.core.ExceptionFrame.GENERAL;
import static picorn.emulator.core.ExceptionFrame.S0;

import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Limit;
import picorn.emulator.cpu.Reg;

/** PushStack() and PopStack() of the architecture, with lazy floating-point stacking (ARMv7-M ARM, B1.5.6 to B1.5.8). */
final class Stacking {
    private static final int FPCA = 4;
    private static final int SPSEL = 2;
    private static final int NPRIV = 1;
    /** Where {@link CpuEngine#getMode} puts what. */
    private static final int XPSR = 0;

    private static final int CONTROL = 1;
    private static final int MSP = 2;
    private static final int PSP = 3;

    private final CpuEngine engine;
    private final CoreBus memory;
    private final SystemControlBlock scb;
    private final Mpu mpu;
    private final FloatingPointUnit fpu;
    private final StackGuard guard;
    private final boolean alwaysEager;
    private final int[] banked = new int[4];
    private final int[] frame = new int[EXTENDED_WORDS];
    private final int[] registers = new int[FLOATING_POINT.length];
    private int excReturn;
    private int words;

    Stacking(
            CpuEngine engine,
            CoreBus memory,
            SystemControlBlock scb,
            Mpu mpu,
            FloatingPointUnit fpu,
            StackGuard guard) {
        this.engine = engine;
        this.memory = memory;
        this.scb = scb;
        this.mpu = mpu;
        this.fpu = fpu;
        this.guard = guard;
        alwaysEager = engine.limits().contains(Limit.FP_ALWAYS_ENABLED);
    }

    /** How to come back to what {@link #pushStack} saved. */
    int excReturn() {
        return excReturn;
    }

    /**
     * Saves the state of what runs on its stack. The stack pointer moves even if that faults.
     *
     * @param running the priority of what runs
     */
    FrameFault pushStack(boolean thread, int returnAddress, int running) {
        keepStack();
        boolean process = thread && (banked[CONTROL] & SPSEL) != 0;
        boolean extended = hasFloatingPointContext();
        boolean forceAlign = extended || scb.stkAlign.isSet();
        int sp = banked[process ? PSP : MSP];
        int size = extended ? EXTENDED_WORDS : BASIC_WORDS;
        int base = sp - 4 * size & (forceAlign ? ~7 : ~3);
        banked[process ? PSP : MSP] = base;
        if (!process) {
            guard.pushed(base);
        }
        excReturn = ExcReturn.of(thread, process, extended);
        fillBasic(returnAddress, forceAlign && (sp & 4) != 0);
        boolean privileged = !thread || threadIsPrivileged();
        return extended
                ? storeExtended(base, thread, privileged, running)
                : store(base, BASIC_WORDS, privileged, running);
    }

    private boolean hasFloatingPointContext() {
        // an engine that is always eager sets FPCA whatever ASPEN is
        return (banked[CONTROL] & FPCA) != 0 && (!alwaysEager || fpu.aspen.isSet());
    }

    private boolean threadIsPrivileged() {
        return (banked[CONTROL] & NPRIV) == 0;
    }

    private void fillBasic(int returnAddress, boolean padded) {
        engine.get(GENERAL, frame);
        frame[ExceptionFrame.RETURN_ADDRESS] = returnAddress;
        frame[ExceptionFrame.XPSR] = banked[XPSR] & ~ExceptionFrame.PADDED | (padded ? ExceptionFrame.PADDED : 0);
    }

    private FrameFault storeExtended(int base, boolean thread, boolean privileged, int running) {
        if (fpu.lspen.isSet() && !alwaysEager) {
            fpu.defer(base + 4 * S0, thread, privileged, running);
            return store(base, BASIC_WORDS, privileged, running);
        }
        if (deniesFloatingPoint(privileged)) {
            FrameFault fault = store(base, BASIC_WORDS, privileged, running);
            return fault != FrameFault.NONE ? fault : FrameFault.NO_COPROCESSOR;
        }
        fillFloatingPoint(S0);
        return store(base, FPSCR + 1, privileged, running);
    }

    /** How many words were moved to or from a frame last. */
    int words() {
        return words;
    }

    private FrameFault store(int base, int count, boolean privileged, int running) {
        words = count;
        return memory.push(base, frame, count, mpu.protectionAt(running), privileged);
    }

    private boolean deniesFloatingPoint(boolean privileged) {
        return !alwaysEager && !fpu.grants(privileged);
    }

    private void fillFloatingPoint(int at) {
        engine.get(FLOATING_POINT, registers);
        System.arraycopy(registers, 0, frame, at, registers.length);
    }

    /** Writes the floating-point state that entry left in the registers to where it belongs, as the context it is of. */
    FrameFault preserveFloatingPoint() {
        fillFloatingPoint(0);
        int running = fpu.hfrdy.isSet() ? ExecutionPriority.THREAD : -1;
        return store(fpu.savedAt(), FLOATING_POINT.length, !fpu.user.isSet(), running);
    }

    /** The registers are free for the handler's own floating-point context. */
    void floatingPointPreserved() {
        fpu.lspact.clear();
        beginFloatingPointContext();
    }

    /** ExecuteFPCheck() does this at the first instruction of the context, if ASPEN; nobody sees FPSCR before. */
    private void beginFloatingPointContext() {
        if (!fpu.aspen.isSet()) {
            return;
        }
        int fpscr = engine.get(Reg.FPSCR);
        if (fpscr != fpu.withDefaults(fpscr)) {
            engine.set(Reg.FPSCR, fpu.withDefaults(fpscr));
        }
    }

    /** A new FPDSCR counts for a floating-point context that has not begun. */
    void applyDefaults() {
        if (fpu.takeDefaultsChanged() && (engine.get(Reg.CONTROL) & FPCA) == 0 && !fpu.lspact.isSet()) {
            beginFloatingPointContext();
        }
    }

    /** Puts the core into the handler of exception {@code n} at {@code vector}, after {@link #pushStack} or {@link #keepStack}. */
    void enterHandler(int n, int vector, int newExcReturn) {
        int flags = banked[XPSR] & ExceptionFrame.APSR;
        engine.enterMode(flags | (vector & 1) << 24 | n, banked[CONTROL] & NPRIV, banked[MSP], banked[PSP]);
        engine.set(Reg.LR, newExcReturn);
        engine.set(Reg.PC, vector & ~1);
        if (hasFloatingPointContext() && !fpu.lspact.isSet()) {
            beginFloatingPointContext();
        }
    }

    /** Reads what {@link #enterHandler} needs: all of it when nothing is pushed, in a tail-chain. */
    void keepStack() {
        engine.getMode(banked);
    }

    /**
     * Reads the frame that {@code value} (an EXC_RETURN) points to, changing nothing.
     *
     * @param running the priority of what is returned to
     */
    FrameFault load(int value, int running) {
        keepStack();
        boolean privileged = !ExcReturn.toThread(value) || threadIsPrivileged();
        boolean floatingPoint = ExcReturn.extended(value) && !fpu.lspact.isSet();
        int base = banked[ExcReturn.processStack(value) ? PSP : MSP];
        words = floatingPoint ? FPSCR + 1 : BASIC_WORDS;
        FrameFault fault = memory.pop(base, frame, words, mpu.protectionAt(running), privileged);
        boolean denied = floatingPoint && deniesFloatingPoint(privileged);
        return fault == FrameFault.NONE && denied ? FrameFault.NO_COPROCESSOR : fault;
    }

    /** The xPSR in the frame that {@link #load} read. */
    int loadedXpsr() {
        return frame[ExceptionFrame.XPSR];
    }

    /** Resumes what the frame that {@link #load} read describes. */
    void restore(int value) {
        boolean extended = ExcReturn.extended(value);
        boolean process = ExcReturn.processStack(value);
        int size = 4 * (extended ? EXTENDED_WORDS : BASIC_WORDS);
        boolean forceAlign = extended || scb.stkAlign.isSet();
        int padding = forceAlign && (loadedXpsr() & ExceptionFrame.PADDED) != 0 ? 4 : 0;
        banked[process ? PSP : MSP] = banked[process ? PSP : MSP] + size | padding;
        if (extended) {
            restoreFloatingPoint();
        } else if (hasFloatingPointContext()) {
            beginFloatingPointContext();
        }
        int control = banked[CONTROL] & NPRIV | (process ? SPSEL : 0) | (extended ? FPCA : 0);
        engine.enterMode(loadedXpsr() & ExceptionFrame.XPSR_BITS, control, banked[MSP], banked[PSP]);
        engine.set(GENERAL, frame);
        engine.set(Reg.PC, frame[ExceptionFrame.RETURN_ADDRESS] & ~1);
    }

    private void restoreFloatingPoint() {
        if (fpu.lspact.isSet()) {
            fpu.lspact.clear(); // nobody touched them: they are in the registers still
            return;
        }
        System.arraycopy(frame, S0, registers, 0, registers.length);
        engine.set(FLOATING_POINT, registers);
    }
}
