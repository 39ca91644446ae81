// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.lang.invoke.MethodHandles;
import java.util.function.Function;
import picorn.emulator.cpu.Context;
import picorn.emulator.cpu.Stop;
import picorn.emulator.cpu.Stop.Fault;
import picorn.emulator.cpu.Stop.Reason;
import picorn.emulator.engine.fp.Fpscr;

/**
 * The registers of the core in the form that instructions use (ARMv7-M ARM, B1.4), and what they may do besides computing: branch,
 * fault, stop the run.
 */
final class Core {
    /** The register that is always 0: what an absent operand reads. */
    static final int ZERO = 16;

    static final int SP = 13;
    static final int LR = 14;
    static final int PC = 15;

    /** No page: odd, which no address of an instruction is. */
    static final int NOWHERE = 1;

    static final int NPRIV = 1;
    static final int SPSEL = 2;
    static final int FPCA = 4;

    /** R0 to R12, the SP in use, LR, the PC as instructions read it (their address + 4), and 0. */
    final int[] r = new int[17];
    /** S0 to S31. */
    final int[] s = new int[32];

    /** The flag N is the sign of this. */
    int n;
    /** The flag Z is set when this is 0. */
    int z = 1;
    /** The flag C: 0 or 1. */
    int c;
    /** The flag V is the sign of this. */
    int v;
    /** The flag Q: 0 or 1. */
    int q;
    /** The four GE bits. */
    int ge;

    /** ITSTATE. */
    int it;
    /** EPSR.T. */
    boolean thumb = true;

    int ipsr;
    int control;
    int primask;
    int basepri;
    int faultmask;
    final Fpscr fpscr = new Fpscr();
    /** The stack pointer that is not in use has its value here; that of the other is in R13. */
    private int msp;

    private int psp;
    private boolean processStack;

    /** Where the instruction under way is, and where it goes on. */
    int pc;

    int next;
    /** The address of the page whose instructions need no check; {@link #NOWHERE} if none, as when the T bit is clear. */
    int pageBase = NOWHERE;
    /** Cycles that have passed, and where the run ends. */
    long cycles;

    long limit;
    /** Why the run ends after the instruction under way: {@link Reason#DEADLINE} if nothing in particular. */
    Reason event = Reason.DEADLINE;

    int eventValue;
    boolean reportsUnmasking;
    /** Whether an LDREX waits for its STREX. The Cortex-M4 remembers no address: its granule is the whole of memory. */
    boolean exclusive;

    boolean divideByZeroTraps;
    private Context.Fp fp = Context.Fp.DENIED;
    /** What a floating-point instruction sets in CONTROL: FPCA if FPCCR.ASPEN, or nothing. */
    private int beginsContext = FPCA;

    final Memory memory;
    /** What translated code has left of the run. */
    final Slice slice = new Slice(this);
    /** The memories that translated code reaches directly. */
    final Windows windows;

    final Stop stop = new Stop();
    private final Abort abort = new Abort();

    /** One that uses memory as {@code memories} makes it. */
    Core(Function<Core, Memory> memories) {
        memory = memories.apply(this);
        windows = new Windows(memory.map);
    }

    /** To define translated code with, which is to see what this class sees. */
    static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }

    void context(Context context) {
        fp = context.fp();
        beginsContext = context.fpBeginsContext() ? FPCA : 0;
        divideByZeroTraps = context.divideByZeroTraps();
        memory.context(context.protection(), context.unalignedTraps());
    }

    boolean privileged() {
        return ipsr != 0 || (control & NPRIV) == 0;
    }

    boolean inHandler() {
        return ipsr != 0;
    }

    // Ends of instructions and runs.

    /** Makes the stop tell of a fault; what it returns is to be thrown. */
    Abort fault(Fault fault, int address) {
        stop.setFault(fault, address);
        return abort;
    }

    /** Makes the stop tell of something other than a fault, at the instruction; what it returns is to be thrown. */
    Abort stopAt(Reason reason, int value) {
        stop.set(reason, value);
        return abort;
    }

    /** The run ends after the instruction under way. */
    void stopAfter(Reason reason, int value) {
        event = reason;
        eventValue = value;
        limit = Long.MIN_VALUE;
    }

    /** BranchWritePC. */
    void branch(int address) {
        next = address & ~1;
    }

    /** BLXWritePC: bit 0 becomes the T bit. */
    void interwork(int address) {
        next = address & ~1;
        if ((address & 1) == 0) {
            thumb = false;
            pageBase = NOWHERE;
        }
    }

    /** BXWritePC and LoadWritePC: as {@link #interwork}, or an exception return. */
    void branchOrReturn(int address) {
        if (ipsr != 0 && address >>> 28 == 0xf) {
            next = address & ~1;
            stopAfter(Reason.EXCEPTION_RETURN, address);
        } else {
            interwork(address);
        }
    }

    /** ExecuteFPCheck of the manual, as far as it is the core's. */
    void requireFloatingPoint() {
        if (fp != Context.Fp.ENABLED && (fp != Context.Fp.PRIVILEGED || !privileged())) {
            throw fault(Fault.NO_COPROCESSOR, pc);
        }
        control |= beginsContext;
    }

    /** Whether floating-point instructions execute and {@link #requireFloatingPoint} would change nothing. */
    boolean hasFloatingPoint() {
        return (fp == Context.Fp.ENABLED || fp == Context.Fp.PRIVILEGED && privileged())
                && (control & beginsContext) == beginsContext;
    }

    // Flags.

    void setNZ(int result) {
        n = result;
        z = result;
    }

    /** NZCV from bits 31:28. */
    void setNzcv(int bits) {
        n = bits;
        z = ~bits & 1 << 30;
        c = bits >>> 29 & 1;
        v = bits << 3;
    }

    int nzcv() {
        return n & 1 << 31 | (z == 0 ? 1 << 30 : 0) | c << 29 | (v & 1 << 31) >>> 3;
    }

    /** ConditionPassed for the condition {@code condition}, 0 to 15. */
    boolean holds(int condition) {
        boolean result =
                switch (condition >> 1) {
                    case 0 -> z == 0;
                    case 1 -> c != 0;
                    case 2 -> n < 0;
                    case 3 -> v < 0;
                    case 4 -> c != 0 && z != 0;
                    case 5 -> (n ^ v) >= 0;
                    case 6 -> (n ^ v) >= 0 && z != 0;
                    default -> true;
                };
        return (condition & 1) != 0 && condition != 15 ? !result : result;
    }

    /** ITAdvance. */
    void advanceIt() {
        it = itAdvance(it);
    }

    /** ITSTATE after an instruction that had {@code state}. */
    static int itAdvance(int state) {
        return (state & 7) == 0 ? 0 : state & 0xe0 | state << 1 & 0x1f;
    }

    int apsr() {
        return nzcv() | q << 27 | ge << 16;
    }

    int xpsr() {
        return apsr() | (thumb ? 1 << 24 : 0) | (it & 3) << 25 | (it & 0xfc) << 8 | ipsr;
    }

    void xpsr(int value) {
        setNzcv(value);
        q = value >>> 27 & 1;
        ge = value >>> 16 & 15;
        thumb = (value >>> 24 & 1) != 0;
        it = value >>> 25 & 3 | value >>> 8 & 0xfc;
        ipsr = value & 0x1ff;
    }

    // Stacks and modes.

    int msp() {
        return processStack ? msp : r[SP];
    }

    int psp() {
        return processStack ? r[SP] : psp;
    }

    void msp(int value) {
        if (processStack) {
            msp = value & ~3;
        } else {
            r[SP] = value & ~3;
        }
    }

    void psp(int value) {
        if (processStack) {
            r[SP] = value & ~3;
        } else {
            psp = value & ~3;
        }
    }

    void enterMode(int xpsr, int newControl, int newMsp, int newPsp) {
        xpsr(xpsr);
        control = ipsr != 0 ? newControl & (NPRIV | FPCA) : newControl & 7;
        processStack = (control & SPSEL) != 0;
        msp(newMsp);
        psp(newPsp);
    }

    /** Writes CONTROL, which may change the stack in use. */
    void control(int value) {
        int mainSp = msp();
        int processSp = psp();
        control = value & 7;
        processStack = ipsr == 0 && (control & SPSEL) != 0;
        msp(mainSp);
        psp(processSp);
    }

    /** Writes the mask registers; lets the engine know when they hold back less than before. */
    void masks(int newPrimask, int newBasepri, int newFaultmask) {
        boolean lowered = newPrimask < primask
                || newFaultmask < faultmask
                || basepri != 0 && (newBasepri == 0 || newBasepri > basepri);
        primask = newPrimask;
        basepri = newBasepri;
        faultmask = newFaultmask;
        if (lowered && reportsUnmasking) {
            stopAfter(Reason.UNMASKED, 0);
        }
    }
}
