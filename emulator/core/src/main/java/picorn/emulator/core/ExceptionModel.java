// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.core.ExceptionNumber.BUS_FAULT;
import static picorn.emulator.core.ExceptionNumber.HARD_FAULT;
import static picorn.emulator.core.ExceptionNumber.MEM_MANAGE;
import static picorn.emulator.core.ExceptionNumber.NMI;
import static picorn.emulator.core.ExceptionNumber.NONE;
import static picorn.emulator.core.ExceptionNumber.USAGE_FAULT;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import picorn.emulator.bus.Bus;
import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Reg;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/**
 * Exception entry, return, tail-chaining, late arrival, escalation and lock-up (ARMv7-M ARM, B1.5). All of it happens between two
 * instructions: what is taken is always the pending exception that ranks highest at that moment.
 */
final class ExceptionModel implements Saved {
    private static final int FAULTS_REMEMBERED = 4;
    private static final Reg[] MASKS = {Reg.PRIMASK, Reg.BASEPRI, Reg.FAULTMASK};

    private final CpuEngine engine;
    private final Bus bus;
    private final CoreBus coreBus;
    private final Exceptions exceptions;
    private final SystemControlBlock scb;
    private final Stacking stacking;
    private final Runnable contextChanged;
    private final int[] masks = new int[MASKS.length];

    private int current;
    private boolean lockedUp;
    private boolean returnedToSleep;
    private boolean eventRegister;
    private long taken;
    private final Deque<FaultPlace> lastFaults = new ArrayDeque<>();

    ExceptionModel(
            CpuEngine engine,
            Bus bus,
            CoreBus coreBus,
            Exceptions exceptions,
            SystemControlBlock scb,
            FloatingPointUnit fpu,
            Runnable contextChanged) {
        this.engine = engine;
        this.bus = bus;
        this.coreBus = coreBus;
        this.exceptions = exceptions;
        this.scb = scb;
        this.contextChanged = contextChanged;
        stacking = new Stacking(engine, coreBus, scb, fpu);
    }

    void reset() {
        current = NONE;
        lockedUp = false;
        returnedToSleep = false;
        eventRegister = false;
        lastFaults.clear();
    }

    /** IPSR: the exception whose handler runs. */
    int current() {
        return current;
    }

    /** Whether an unrecoverable fault has stopped the core (B1.5.15). */
    boolean lockedUp() {
        return lockedUp;
    }

    /** Where instructions faulted last, the latest at the end. */
    List<FaultPlace> lastFaults() {
        return List.copyOf(lastFaults);
    }

    private void remember(FaultPlace fault) {
        if (lastFaults.size() == FAULTS_REMEMBERED) {
            lastFaults.removeFirst();
        }
        lastFaults.addLast(fault);
    }

    void lockUp() {
        lockedUp = true;
    }

    /** Exceptions taken since reset of the machine, tail-chained ones included. */
    long taken() {
        return taken;
    }

    /** Whether the last return asked for sleep by SCR.SLEEPONEXIT; asking forgets. */
    boolean takeReturnedToSleep() {
        boolean asked = returnedToSleep;
        returnedToSleep = false;
        return asked;
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

    /** ExecutionPriority() of B1.5.4. */
    int executionPriority() {
        engine.get(MASKS, masks);
        int boosted = masks[0] != 0 ? 0 : Exceptions.THREAD_PRIORITY;
        return masked(boosted);
    }

    /** The priority that counts for waking from WFI: PRIMASK does not hold interrupts back then (B1.5.19). */
    private int priorityForWaking() {
        engine.get(MASKS, masks);
        return masked(Exceptions.THREAD_PRIORITY);
    }

    private int masked(int boosted) {
        int basepri = exceptions.implemented(masks[1]);
        int priority = basepri == 0 ? boosted : Math.min(boosted, exceptions.groupPriority(basepri));
        return Math.min(masks[2] != 0 ? -1 : priority, exceptions.activePriority());
    }

    private int pendingAbove(int priority) {
        int n = exceptions.highestPending();
        return n != NONE && exceptions.groupPriority(exceptions.priority(n)) < priority ? n : NONE;
    }

    /** Whether a pending exception would end a WFI. */
    boolean wakesFromWfi() {
        return !exceptions.nothingPending() && pendingAbove(priorityForWaking()) != NONE;
    }

    /** Whether a pending exception would be taken now. */
    boolean canTake() {
        return !exceptions.nothingPending() && pendingAbove(executionPriority()) != NONE;
    }

    /** Takes the pending exception that ranks highest, if it outranks what runs. */
    void takePending() {
        if (!exceptions.nothingPending() && !lockedUp) {
            int n = pendingAbove(executionPriority());
            if (n != NONE) {
                enter(n);
            }
        }
    }

    /** Whether an enabled exception is pending, so that the mask registers matter. */
    boolean waiting() {
        return exceptions.highestPending() != NONE;
    }

    /** A synchronous exception: a fault of the instruction at the PC, or an SVC before it. Escalates as B1.5.14 says. */
    void raise(int n) {
        if (n >= HARD_FAULT && n <= USAGE_FAULT) {
            remember(new FaultPlace(n, engine.pc()));
        }
        int priority = executionPriority();
        int target = n;
        if (n != HARD_FAULT && !canRaise(n, priority)) {
            target = HARD_FAULT;
            scb.forced.set();
        }
        if (target == HARD_FAULT && priority <= -1) {
            lockUp();
            return;
        }
        exceptions.pend(target);
        takePending();
    }

    private boolean canRaise(int n, int priority) {
        return scb.isEnabled(n) && exceptions.groupPriority(exceptions.priority(n)) < priority;
    }

    /** A fault that comes after its instruction: an imprecise BusFault waits for its turn. */
    void pendImpreciseBusFault() {
        scb.impreciserr.set();
        if (scb.isEnabled(BUS_FAULT)) {
            exceptions.pend(BUS_FAULT);
        } else {
            scb.forced.set();
            exceptions.pend(HARD_FAULT);
        }
    }

    private void enter(int n) {
        int priority = executionPriority();
        if (!stacking.push(current == NONE, engine.pc())) {
            pendDerived(stackingFault(), priority);
        }
        if (!lockedUp) {
            // what stacking led to, or what came meanwhile, may rank higher: late arrival
            take(exceptions.highestPending(), stacking.excReturn);
        }
    }

    private int stackingFault() {
        if (coreBus.refusal() == CoreBus.Refusal.PROTECTION) {
            scb.mstkerr.set();
            return MEM_MANAGE;
        }
        scb.stkerr.set();
        return BUS_FAULT;
    }

    private int unstackingFault() {
        if (coreBus.refusal() == CoreBus.Refusal.PROTECTION) {
            scb.munstkerr.set();
            return MEM_MANAGE;
        }
        scb.unstkerr.set();
        return BUS_FAULT;
    }

    /** An exception that came of entering or leaving another (B1.5.6, "Derived exceptions"). */
    private void pendDerived(int fault, int priority) {
        if (canRaise(fault, priority)) {
            exceptions.pend(fault);
        } else if (priority <= -1) {
            lockUp();
        } else {
            scb.forced.set();
            exceptions.pend(HARD_FAULT);
        }
    }

    /** Starts the handler of {@code n}; a vector that cannot be read is a HardFault. */
    private void take(int n, int excReturn) {
        long vector = bus.read(scb.vectorTable() + 4 * n, 4);
        if (vector >= CpuBus.FAULT) {
            vectorFault(n, excReturn);
            return;
        }
        stacking.enterHandler(n, (int) vector, excReturn);
        exceptions.activate(n);
        current = n;
        taken++;
        eventRegister = true;
        engine.clearExclusive();
        contextChanged.run();
    }

    private void vectorFault(int n, int excReturn) {
        scb.vecttbl.set();
        if (n == HARD_FAULT || n == NMI || exceptions.activePriority() <= -1) {
            lockUp();
            return;
        }
        exceptions.pend(HARD_FAULT);
        take(HARD_FAULT, excReturn);
    }

    /** A branch to {@code excReturn} in handler mode (B1.5.8). */
    void exceptionReturn(int excReturn) {
        int from = current;
        boolean legal = ExcReturn.isLegal(excReturn) && exceptions.isActive(from) && nestingAllows(excReturn);
        exceptions.deactivate(from);
        if (from != NMI) {
            engine.set(Reg.FAULTMASK, 0);
        }
        if (legal) {
            chainOrUnstack(excReturn);
        } else {
            scb.invpc.set();
            chainTo(USAGE_FAULT, excReturn);
        }
    }

    private boolean nestingAllows(int excReturn) {
        return !ExcReturn.toThread(excReturn) || exceptions.activeCount() == 1 || scb.nonBaseThreadEnable.isSet();
    }

    private void chainOrUnstack(int excReturn) {
        int next = pendingAbove(executionPriority());
        if (next != NONE) {
            stacking.keep();
            take(next, excReturn);
        } else if (!stacking.load(excReturn)) {
            chainTo(unstackingFault(), excReturn);
        } else if (ExcReturn.toThread(excReturn) != ((stacking.loadedXpsr() & 0x1FF) == 0)) {
            scb.invpc.set();
            chainTo(USAGE_FAULT, excReturn);
        } else {
            resume(excReturn);
        }
    }

    /** A fault of the return itself: its handler runs on the frame that was not unstacked. */
    private void chainTo(int fault, int excReturn) {
        pendDerived(fault, executionPriority());
        if (!lockedUp) {
            stacking.keep();
            take(exceptions.highestPending(), excReturn);
        }
    }

    private void resume(int excReturn) {
        stacking.restore(excReturn);
        current = stacking.loadedXpsr() & 0x1FF;
        eventRegister = true;
        engine.clearExclusive();
        contextChanged.run();
        returnedToSleep = exceptions.activeCount() == 0 && scb.sleepOnExit.isSet();
    }

    /** The first floating-point instruction of a handler, while LSPACT is set: saves the interrupted state, or faults. */
    void saveFloatingPoint() {
        boolean saved = stacking.saveDeferred();
        contextChanged.run();
        if (saved) {
            return;
        }
        if (coreBus.refusal() == CoreBus.Refusal.PROTECTION) {
            scb.mlsperr.set();
            raise(MEM_MANAGE);
        } else {
            scb.lsperr.set();
            raise(BUS_FAULT);
        }
    }

    @Override
    public void save(StateWriter out) {
        out.int32(current);
        out.flag(lockedUp);
        out.flag(returnedToSleep);
        out.flag(eventRegister);
        out.int64(taken);
    }

    @Override
    public void load(StateReader in) {
        current = in.int32();
        lockedUp = in.flag();
        returnedToSleep = in.flag();
        eventRegister = in.flag();
        taken = in.int64();
    }
}
