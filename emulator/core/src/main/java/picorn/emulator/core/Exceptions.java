// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.core.ExceptionNumber.FIRST_INTERRUPT;
import static picorn.emulator.core.ExceptionNumber.HARD_FAULT;
import static picorn.emulator.core.ExceptionNumber.MEM_MANAGE;
import static picorn.emulator.core.ExceptionNumber.NMI;
import static picorn.emulator.core.ExceptionNumber.NONE;
import static picorn.emulator.core.ExceptionNumber.RESET;
import static picorn.emulator.core.ExceptionNumber.USAGE_FAULT;

import java.util.Arrays;
import java.util.List;
import picorn.emulator.signal.Line;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/**
 * Which exceptions are pending, enabled and active, and which of them wins (ARMv7-M ARM, B1.5.4 "Exception priorities and
 * preemption", B3.4 NVIC). Priorities are numbers from 0, the highest, to 255; NMI is -2, HardFault -1.
 */
public final class Exceptions implements Saved {
    /** The priority of code that nothing outranks: lower than any exception's. */
    static final int THREAD_PRIORITY = 256;

    /** What follows from a change of what is pending, enabled or ranked. */
    interface Attention {
        /** The core shall look again before its next instruction. */
        void needed();

        /** An exception became pending, enabled or not: SEVONPEND makes this a wake-up event. */
        void pended();
    }

    /** The system exceptions with a priority register: MemManage, BusFault, UsageFault, SVCall, DebugMonitor, PendSV, SysTick. */
    private static final int CONFIGURABLE = 0b1101_1000_0111_0000;

    private final int count;
    private final int priorityMask;
    private final ExceptionSet pending;
    private final ExceptionSet active;
    private final boolean[] enabled;
    private final boolean[] asserted;
    private final int[] priority;
    /** Of the external interrupts, by position, where the chip's manual names them. */
    private List<String> names = List.of();

    private final ExceptionObservers observers = new ExceptionObservers();
    private int subPriorityMask = 1;
    private int pendingCount;
    private int activeCount;
    private Attention attention = new Attention() {
        @Override
        public void needed() {}

        @Override
        public void pended() {}
    };

    /**
     * Of a chip.
     *
     * @param interrupts number of external interrupts
     * @param priorityBits priority bits implemented, 3 to 8
     */
    public Exceptions(int interrupts, int priorityBits) {
        count = FIRST_INTERRUPT + interrupts;
        priorityMask = 0xFF << 8 - priorityBits & 0xFF;
        pending = new ExceptionSet(count);
        active = new ExceptionSet(count);
        enabled = new boolean[count];
        asserted = new boolean[count];
        priority = new int[count];
        reset();
    }

    void attention(Attention listener) {
        attention = listener;
    }

    /** From now on {@code observer} sees them come and go. */
    public void observe(ExceptionObserver observer) {
        observers.add(observer);
    }

    ExceptionObserver observers() {
        return observers;
    }

    /** Calls the external interrupts what the chip's manual does, from 0 on. */
    public void nameInterrupts(List<String> chips) {
        names = List.copyOf(chips);
    }

    /** What the manual calls exception {@code n}, such as "SysTick" or "USART1"; "thread" for 0. */
    public String name(int n) {
        int irq = n - FIRST_INTERRUPT;
        return irq >= 0 && irq < names.size() ? names.get(irq) : ExceptionNumber.name(n);
    }

    void reset() {
        observers.reset();
        pending.clear();
        active.clear();
        Arrays.fill(enabled, false);
        Arrays.fill(enabled, 0, FIRST_INTERRUPT, true);
        Arrays.fill(enabled, MEM_MANAGE, USAGE_FAULT + 1, false);
        Arrays.fill(priority, 0);
        priority[RESET] = -3;
        priority[NMI] = -2;
        priority[HARD_FAULT] = -1;
        subPriorityMask = 1;
        activeCount = 0;
        pendingCount = 0;
        for (int n = FIRST_INTERRUPT; n < count; n++) {
            if (asserted[n]) {
                pend(n);
            }
        }
    }

    /** Exceptions there are, numbers 0 to this less 1. */
    public int count() {
        return count;
    }

    /** The wire of external interrupt {@code irq}: level-sensitive, so that what is asserted when its handler returns pends again. */
    public Line line(int irq) {
        int n = FIRST_INTERRUPT + irq;
        if (irq < 0 || n >= count) {
            throw new IllegalArgumentException("there is no interrupt " + irq);
        }
        return high -> drive(n, high);
    }

    private void drive(int n, boolean high) {
        if (high && !asserted[n]) {
            pend(n);
        }
        asserted[n] = high;
    }

    /** Makes an exception pending. */
    public void pend(int n) {
        if (pending.has(n)) {
            return;
        }
        pending.add(n);
        pendingCount++;
        observers.pended(n);
        attention.pended();
        if (enabled[n]) {
            attention.needed();
        }
    }

    /** Takes a pending state back; an interrupt whose line is asserted stays pending. */
    public void unpend(int n) {
        if ((!asserted[n] || active.has(n)) && pending.has(n)) {
            clearPending(n);
            observers.withdrawn(n);
        }
    }

    private void clearPending(int n) {
        if (pending.has(n)) {
            pending.remove(n);
            pendingCount--;
        }
    }

    /** Whether it waits to be taken. */
    public boolean isPending(int n) {
        return pending.has(n);
    }

    /** Whether its handler has begun and not returned. */
    public boolean isActive(int n) {
        return active.has(n);
    }

    /** Whether it may be taken. */
    public boolean isEnabled(int n) {
        return enabled[n];
    }

    /** Lets an external interrupt (NVIC) or a configurable fault (SHCSR) be taken. */
    public void enable(int n) {
        enabled[n] = true;
        if (pending.has(n)) {
            attention.needed();
        }
    }

    /** Keeps an external interrupt (NVIC) or a configurable fault (SHCSR) from being taken. */
    public void disable(int n) {
        enabled[n] = false;
    }

    /** 0 to 255, or negative for the fixed ones. */
    public int priority(int n) {
        return priority[n];
    }

    /** Sets the priority to what the implemented bits hold of {@code value}; reserved and fixed ones stay. */
    public void setPriority(int n, int value) {
        if (n >= FIRST_INTERRUPT || (CONFIGURABLE >>> n & 1) != 0) {
            priority[n] = value & priorityMask;
            lookAgain();
        }
    }

    /** AIRCR.PRIGROUP: bits above bit {@code group} of a priority decide preemption. */
    void setGroup(int group) {
        subPriorityMask = (2 << group) - 1;
        lookAgain();
    }

    /** Whether {@code n} would be taken while {@code running} is the priority of what runs. */
    boolean canPreempt(int n, int running) {
        return enabled[n] && outranks(n, running);
    }

    boolean outranks(int n, int running) {
        return groupPriority(priority[n]) < running;
    }

    int groupPriority(int value) {
        return value < 0 ? value : value & ~subPriorityMask;
    }

    /** BASEPRI keeps the implemented priority bits only. */
    int implemented(int value) {
        return value & priorityMask;
    }

    boolean nothingPending() {
        return pendingCount == 0;
    }

    int activeCount() {
        return activeCount;
    }

    /** Its handler begins. */
    void activate(int n) {
        clearPending(n);
        setActive(n, true);
    }

    /** Its handler returns. */
    void deactivate(int n) {
        observers.left(n);
        setActive(n, false);
        if (asserted[n]) {
            pend(n);
        }
    }

    /** Also SHCSR lets software write the active state of system exceptions. */
    void setActive(int n, boolean on) {
        if (active.has(n) != on) {
            put(active, n, on);
            activeCount += on ? 1 : -1;
            lookAgain();
        }
    }

    private static void put(ExceptionSet set, int n, boolean on) {
        if (on) {
            set.add(n);
        } else {
            set.remove(n);
        }
    }

    private void lookAgain() {
        if (pendingCount > 0) {
            attention.needed();
        }
    }

    /** The pending and enabled exception that is to be taken first, or {@link ExceptionNumber#NONE}. */
    int highestPending() {
        if (pendingCount == 0) {
            return NONE;
        }
        int best = NONE;
        for (int n = pending.next(NMI); n >= 0; n = pending.next(n + 1)) {
            if (enabled[n] && (best == NONE || priority[n] < priority[best])) {
                best = n;
            }
        }
        return best;
    }

    /** Whether an interrupt is pending at all, ICSR.ISRPENDING. */
    boolean interruptPending() {
        return pending.next(FIRST_INTERRUPT) >= 0;
    }

    /** The group priority of the active exception that ranks highest, or {@link #THREAD_PRIORITY}. */
    int activePriority() {
        if (activeCount == 0) {
            return THREAD_PRIORITY;
        }
        int highest = THREAD_PRIORITY;
        for (int n = active.next(NMI); n >= 0; n = active.next(n + 1)) {
            highest = Math.min(highest, groupPriority(priority[n]));
        }
        return highest;
    }

    @Override
    public void save(StateWriter out) {
        for (int n = 0; n < count; n++) {
            out.int32(
                    (pending.has(n) ? 1 : 0) | (active.has(n) ? 2 : 0) | (enabled[n] ? 4 : 0) | (asserted[n] ? 8 : 0));
        }
        out.int32s(priority);
        out.int32(subPriorityMask);
    }

    @Override
    public void load(StateReader in) {
        pendingCount = 0;
        activeCount = 0;
        for (int n = 0; n < count; n++) {
            int bits = in.int32();
            put(pending, n, (bits & 1) != 0);
            put(active, n, (bits & 2) != 0);
            enabled[n] = (bits & 4) != 0;
            asserted[n] = (bits & 8) != 0;
            pendingCount += bits & 1;
            activeCount += bits >> 1 & 1;
        }
        in.int32s(priority);
        subPriorityMask = in.int32();
    }
}
