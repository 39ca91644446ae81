// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.core.ExceptionFrame.BASIC_WORDS;
import static picorn.emulator.core.ExceptionFrame.EXTENDED_WORDS;
import static picorn.emulator.core.ExceptionFrame.FLOATING_POINT;
import static picorn.emulator.core.ExceptionFrame.FPSCR;
import static picorn.emulator.core.ExceptionFrame.GENERAL;
import static picorn.emulator.core.ExceptionFrame.S0;

import picorn.emulator.cpu.Access;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Limit;
import picorn.emulator.cpu.Reg;

/** PushStack() and PopStack() of the architecture, with lazy floating-point stacking (ARMv7-M ARM, B1.5.6 to B1.5.8). */
final class Stacking {
    private static final int FPCA = 4;
    private static final int SPSEL = 2;
    private static final int NPRIV = 1;
    /** Where {@link #BANKED} puts what. */
    private static final int XPSR = 0;

    private static final int MSP = 1;
    private static final int PSP = 2;
    private static final int CONTROL = 3;
    private static final Reg[] BANKED = {Reg.XPSR, Reg.MSP, Reg.PSP, Reg.CONTROL};

    private final CpuEngine engine;
    private final CoreBus memory;
    private final SystemControlBlock scb;
    private final FloatingPointUnit fpu;
    private final boolean alwaysEager;
    private final int[] banked = new int[BANKED.length];
    private final int[] frame = new int[EXTENDED_WORDS];
    private final int[] registers = new int[FLOATING_POINT.length];

    Stacking(CpuEngine engine, CoreBus memory, SystemControlBlock scb, FloatingPointUnit fpu) {
        this.engine = engine;
        this.memory = memory;
        this.scb = scb;
        this.fpu = fpu;
        alwaysEager = engine.limits().contains(Limit.FP_ALWAYS_ENABLED);
    }

    /** What {@link #push} found and left for {@link #enterHandler}. */
    int excReturn;

    /**
     * Saves the state of what runs on its stack; {@link #excReturn} then tells how to come back.
     *
     * @return false if the frame could not be written: {@link CoreBus#refusal} says why; the stack pointer has moved all the same
     */
    boolean push(boolean thread, int returnAddress) {
        engine.get(BANKED, banked);
        boolean process = thread && (banked[CONTROL] & SPSEL) != 0;
        boolean extended = (banked[CONTROL] & FPCA) != 0 && fpu.aspen.isSet();
        boolean aligned = extended || scb.stkAlign.isSet();
        int sp = banked[process ? PSP : MSP];
        int words = extended ? EXTENDED_WORDS : BASIC_WORDS;
        int base = sp - 4 * words & (aligned ? ~7 : ~3);
        boolean padded = aligned && (sp & 4) != 0;
        boolean privileged = !thread || (banked[CONTROL] & NPRIV) == 0;
        banked[process ? PSP : MSP] = base;
        excReturn = ExcReturn.of(thread, process, extended);
        fillBasic(returnAddress, padded);
        return store(base, extended, privileged, thread);
    }

    private void fillBasic(int returnAddress, boolean padded) {
        engine.get(GENERAL, frame);
        frame[ExceptionFrame.RETURN_ADDRESS] = returnAddress;
        frame[ExceptionFrame.XPSR] = banked[XPSR] & ~ExceptionFrame.PADDED | (padded ? ExceptionFrame.PADDED : 0);
    }

    private boolean store(int base, boolean extended, boolean privileged, boolean thread) {
        if (!extended) {
            return storeWords(base, BASIC_WORDS, privileged);
        }
        if (fpu.lspen.isSet() && !alwaysEager) {
            deferFloatingPoint(base, privileged, thread);
            return storeWords(base, BASIC_WORDS, privileged);
        }
        fpu.saveAt(base + 4 * S0);
        fillFloatingPoint(S0);
        return storeWords(base, FPSCR + 1, privileged);
    }

    private boolean storeWords(int base, int words, boolean privileged) {
        return memory.mayAccess(base, 4 * words, Access.WRITE, privileged) && memory.push(base, frame, words);
    }

    private void deferFloatingPoint(int base, boolean privileged, boolean thread) {
        fpu.saveAt(base + 4 * S0);
        fpu.lspact.set();
        fpu.user.is(!privileged);
        fpu.thread.is(thread);
    }

    private void fillFloatingPoint(int at) {
        engine.get(FLOATING_POINT, registers);
        System.arraycopy(registers, 0, frame, at, registers.length);
    }

    /** Saves the floating-point state that entry left in the registers; false if that faults. Either way it is done then. */
    boolean saveDeferred() {
        fillFloatingPoint(0);
        fpu.lspact.clear();
        return storeWords(fpu.savedAt(), FLOATING_POINT.length, !fpu.user.isSet());
    }

    /** Puts the core into the handler of exception {@code n} at {@code vector}, after {@link #push} or in a tail-chain. */
    void enterHandler(int n, int vector, int newExcReturn) {
        int flags = banked[XPSR] & 0xF80F_0000;
        engine.enterMode(flags | (vector & 1) << 24 | n, banked[CONTROL] & NPRIV, banked[MSP], banked[PSP]);
        engine.set(Reg.LR, newExcReturn);
        engine.set(Reg.PC, vector & ~1);
    }

    /** Reads what {@link #enterHandler} needs when nothing is pushed. */
    void keep() {
        engine.get(BANKED, banked);
    }

    /**
     * Reads the frame that {@code value} (an EXC_RETURN) points to, changing nothing.
     *
     * @return false if that faults: {@link CoreBus#refusal} says why
     */
    boolean load(int value) {
        engine.get(BANKED, banked);
        boolean privileged = !ExcReturn.toThread(value) || (banked[CONTROL] & NPRIV) == 0;
        int words = ExcReturn.extended(value) && !fpu.lspact.isSet() ? FPSCR + 1 : BASIC_WORDS;
        int base = banked[ExcReturn.processStack(value) ? PSP : MSP];
        return memory.mayAccess(base, 4 * words, Access.READ, privileged) && memory.pop(base, frame, words);
    }

    /** The xPSR in the frame that {@link #load} read. */
    int loadedXpsr() {
        return frame[ExceptionFrame.XPSR];
    }

    /** Resumes what the frame that {@link #load} read describes. */
    void restore(int value) {
        boolean extended = ExcReturn.extended(value);
        boolean process = ExcReturn.processStack(value);
        int psr = loadedXpsr();
        int size = 4 * (extended ? EXTENDED_WORDS : BASIC_WORDS);
        int padding = (extended || scb.stkAlign.isSet()) && (psr & ExceptionFrame.PADDED) != 0 ? 4 : 0;
        banked[process ? PSP : MSP] = banked[process ? PSP : MSP] + size | padding;
        if (extended) {
            restoreFloatingPoint();
        }
        int control = banked[CONTROL] & NPRIV | (process ? SPSEL : 0) | (extended ? FPCA : 0);
        engine.enterMode(psr & ~ExceptionFrame.PADDED, control, banked[MSP], banked[PSP]);
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
