// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.core.ExceptionNumber.BUS_FAULT;
import static picorn.emulator.core.ExceptionNumber.HARD_FAULT;
import static picorn.emulator.core.ExceptionNumber.MEM_MANAGE;
import static picorn.emulator.core.ExceptionNumber.NMI;
import static picorn.emulator.core.ExceptionNumber.NONE;
import static picorn.emulator.core.ExceptionNumber.USAGE_FAULT;

import picorn.emulator.bus.Bus;
import picorn.emulator.core.ExceptionObserver.Entry;
import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Reg;
import picorn.emulator.register.Field;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/**
 * Exception entry, return, tail-chaining, late arrival, escalation and lock-up (ARMv7-M ARM, B1.5). All of it happens between two
 * instructions: what is taken is always the pending exception that ranks highest at that moment.
 */
final class ExceptionModel implements Saved {
    private static final int IPSR = 0x1FF;

    private final CpuEngine engine;
    private final Bus bus;
    private final Exceptions exceptions;
    private final ExecutionPriority priority;
    private final SystemControlBlock scb;
    private final FloatingPointUnit fpu;
    private final Stacking stacking;
    private final EngineContext context;
    private final ExceptionLatency latency;

    private int current;
    private boolean lockedUp;
    private boolean eventRegister;
    private long taken;
    private final FaultHistory history = new FaultHistory();

    ExceptionModel(
            CpuEngine engine,
            Bus bus,
            Exceptions exceptions,
            ExecutionPriority priority,
            SystemControlBlock scb,
            FloatingPointUnit fpu,
            Stacking stacking,
            EngineContext context,
            ExceptionLatency latency) {
        this.engine = engine;
        this.bus = bus;
        this.exceptions = exceptions;
        this.priority = priority;
        this.scb = scb;
        this.fpu = fpu;
        this.stacking = stacking;
        this.context = context;
        this.latency = latency;
    }

    void reset() {
        current = NONE;
        lockedUp = false;
        eventRegister = false;
        history.clear();
    }

    /** IPSR: the exception whose handler runs. */
    int current() {
        return current;
    }

    /** Whether an unrecoverable fault has stopped the core (B1.5.15). That an NMI could still preempt it then is not modelled. */
    boolean lockedUp() {
        return lockedUp;
    }

    /** Where faults came last. */
    FaultHistory history() {
        return history;
    }

    void lockUp() {
        lockedUp = true;
    }

    /** Exceptions taken since the machine was made, tail-chained ones included. */
    long taken() {
        return taken;
    }

    void setEvent() {
        eventRegister = true;
    }

    /** The event register; asking clears it. */
    boolean takeEvent() {
        boolean was = eventRegister;
        eventRegister = false;
        return was;
    }

    boolean eventIsSet() {
        return eventRegister;
    }

    /** Takes the pending exception that ranks highest, if it outranks what runs. */
    void takePending() {
        if (!exceptions.nothingPending()) {
            takePending(priority.current());
        }
    }

    private void takePending(int running) {
        int n = lockedUp ? NONE : priority.pendingAbove(running);
        if (n != NONE) {
            exceptionEntry(n, running);
        }
    }

    /** A synchronous exception: a fault of the instruction at the PC, or an SVC before it. Escalates as B1.5.14 says. */
    void raise(int n) {
        int running = priority.current();
        pendSynchronous(n, running);
        if (n >= HARD_FAULT && n <= USAGE_FAULT) {
            history.remember(n, engine.pc());
        }
        takePending(running);
    }

    /** Makes it pending, or HardFault instead if it cannot be taken at {@code running}; or locks up if neither can. */
    private void pendSynchronous(int n, int running) {
        if (exceptions.canPreempt(n, running)) {
            exceptions.pend(n);
        } else if (running <= -1) {
            lockUp();
        } else {
            escalate();
        }
    }

    private void escalate() {
        scb.forced.set();
        exceptions.pend(HARD_FAULT);
    }

    /** A fault that comes after its instruction: an imprecise BusFault waits for its turn. */
    void pendImpreciseBusFault() {
        scb.impreciserr.set();
        boolean waits = exceptions.isPending(BUS_FAULT) || exceptions.isPending(HARD_FAULT);
        if (exceptions.isEnabled(BUS_FAULT)) {
            exceptions.pend(BUS_FAULT);
        } else {
            escalate();
        }
        if (!waits) {
            history.remember(BUS_FAULT, engine.pc());
        }
    }

    private void exceptionEntry(int n, int running) {
        FrameFault fault = stacking.pushStack(current == NONE, engine.pc(), running);
        latency.entry(stacking.words());
        if (fault != FrameFault.NONE) {
            fault(derived(fault, scb.mstkerr, scb.stkerr), running);
        }
        if (!lockedUp) {
            // what stacking led to, or what came meanwhile, may rank higher: late arrival
            int highest = exceptions.highestPending();
            int taken = highest == NONE ? n : highest;
            exceptionTaken(taken, stacking.excReturn(), taken == n ? Entry.PREEMPTS : Entry.LATE_ARRIVAL);
        }
    }

    /** A fault of exception entry or return. */
    private void fault(int n, int running) {
        pendSynchronous(n, running);
        history.remember(n, engine.pc());
    }

    /** The exception that derives from an access to a frame, its status set. */
    private int derived(FrameFault fault, Field memManageStatus, Field busFaultStatus) {
        return switch (fault) {
            case PROTECTION -> {
                memManageStatus.set();
                yield MEM_MANAGE;
            }
            case NO_COPROCESSOR -> {
                scb.nocp.set();
                yield USAGE_FAULT;
            }
            default -> {
                busFaultStatus.set();
                yield BUS_FAULT;
            }
        };
    }

    /** Starts the handler of {@code n}; a vector that cannot be read is a HardFault. The MPU is not asked (B3.5.4). */
    private void exceptionTaken(int n, int excReturn, Entry entry) {
        long vector = bus.read(scb.vectorTable() + 4 * n, 4);
        if (vector >= CpuBus.FAULT) {
            vectorFault(n, excReturn, entry);
            return;
        }
        stacking.enterHandler(n, (int) vector, excReturn);
        exceptions.activate(n);
        exceptions.observers().entered(n, current, entry);
        current = n;
        taken++;
        finishSwitch();
    }

    private void vectorFault(int n, int excReturn, Entry entry) {
        scb.vecttbl.set();
        history.remember(HARD_FAULT, engine.pc());
        if (exceptions.priority(n) <= -1) {
            lockUp();
        } else {
            exceptions.pend(HARD_FAULT);
            exceptionTaken(HARD_FAULT, excReturn, entry);
        }
    }

    private void finishSwitch() {
        eventRegister = true;
        engine.clearExclusive();
        context.modeChanged();
    }

    /**
     * A branch to {@code excReturn} in handler mode (B1.5.8).
     *
     * @return whether to sleep now, by SCR.SLEEPONEXIT
     */
    boolean exceptionReturn(int excReturn) {
        int from = current;
        boolean legal = ExcReturn.isLegal(excReturn) && exceptions.isActive(from) && nestingAllows(excReturn);
        deactivate(from);
        int running = priority.current();
        int next = legal ? priority.pendingAbove(running) : NONE;
        if (next != NONE) {
            latency.tailChain();
            int late = priority.pendingAbove(running);
            tailChain(late != NONE ? late : next, excReturn);
            return false;
        }
        int fault = legal ? popStack(excReturn, running) : invalidPc();
        if (fault != NONE) {
            faultOfReturn(fault, excReturn, running);
            return false;
        }
        resume(excReturn);
        return scb.sleepOnExit.isSet() && ExcReturn.toThread(excReturn) && exceptions.activeCount() == 0;
    }

    private boolean nestingAllows(int excReturn) {
        return !ExcReturn.toThread(excReturn) || exceptions.activeCount() == 1 || scb.nonBaseThreadEnable.isSet();
    }

    private void deactivate(int n) {
        exceptions.deactivate(n);
        if (n != NMI) {
            engine.set(Reg.FAULTMASK, 0);
        }
    }

    private int invalidPc() {
        scb.invpc.set();
        return USAGE_FAULT;
    }

    /** Reads the frame; the exception that this or a frame of the other mode leads to, or {@link ExceptionNumber#NONE}. */
    private int popStack(int excReturn, int running) {
        FrameFault fault = stacking.load(excReturn, running);
        if (fault != FrameFault.NONE) {
            return derived(fault, scb.munstkerr, scb.unstkerr);
        }
        boolean threadFrame = (stacking.loadedXpsr() & IPSR) == 0;
        return threadFrame == ExcReturn.toThread(excReturn) ? NONE : invalidPc();
    }

    /** Its handler runs on the frame that was not unstacked. */
    private void faultOfReturn(int fault, int excReturn, int running) {
        fault(fault, running);
        if (!lockedUp) {
            tailChain(exceptions.highestPending(), excReturn);
        }
    }

    private void tailChain(int n, int excReturn) {
        stacking.keepStack();
        exceptionTaken(n, excReturn, Entry.TAIL_CHAINED);
    }

    private void resume(int excReturn) {
        stacking.restore(excReturn);
        latency.exit(stacking.words());
        current = stacking.loadedXpsr() & IPSR;
        exceptions.observers().resumed(current);
        finishSwitch();
    }

    /** PreserveFPState(), at the first floating-point instruction after lazy stacking: that is tried again, or its fault taken. */
    void preserveFloatingPoint() {
        FrameFault fault = stacking.preserveFloatingPoint();
        latency.preservation(stacking.words());
        if (fault != FrameFault.NONE) {
            int derived = derived(fault, scb.mlsperr, scb.lsperr);
            pendLazy(derived);
            history.remember(derived, engine.pc());
        }
        int running = priority.current();
        if (!lockedUp && priority.pendingAbove(running) == NONE) {
            stacking.floatingPointPreserved(); // a fault that has to wait does not hold the instruction up
        }
        context.changed();
        takePending(running);
    }

    /** Whether a fault can be taken was settled when the frame was reserved, by the priority at that time (B1.5.7). */
    private void pendLazy(int fault) {
        if (fpu.isReadyFor(fault) && exceptions.isEnabled(fault)) {
            exceptions.pend(fault);
        } else if (fpu.hfrdy.isSet()) {
            escalate();
        } else {
            lockUp();
        }
    }

    @Override
    public void save(StateWriter out) {
        out.int32(current);
        out.flag(lockedUp);
        out.flag(eventRegister);
        out.int64(taken);
        history.save(out);
    }

    @Override
    public void load(StateReader in) {
        current = in.int32();
        lockedUp = in.flag();
        eventRegister = in.flag();
        taken = in.int64();
        history.load(in);
    }
}
