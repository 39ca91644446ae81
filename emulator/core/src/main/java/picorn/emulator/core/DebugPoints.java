// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picorn.emulator.cpu.Access;
import picorn.emulator.cpu.CpuEngine;

/**
 * Where a debugger wants the core to halt: before instructions, before accesses to data, and at BKPT instructions. Any number of
 * each, unlike the comparators of FPB and DWT (ARMv7-M ARM, C1.8 and C1.11), whose registers these are not.
 */
public final class DebugPoints {
    private static final int PAGE_BITS = 10;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final long NOT_HALTED = -1;

    /** What at an address is watched. */
    public enum Watch {
        READ,
        WRITE,
        ANY;

        boolean includes(Access access) {
            return this == ANY || (this == READ) == (access == Access.READ);
        }
    }

    /** What the core does at a BKPT that no service takes. */
    public enum OnBkpt {
        /** The DebugMonitor exception or a HardFault, as without a debugger. */
        EXCEPTION,
        HALT
    }

    private record Range(int first, int size, Watch watch) {
        boolean overlaps(int address, int width) {
            return Integer.compareUnsigned(address - first, size) < 0
                    || Integer.compareUnsigned(first - address, width) < 0;
        }
    }

    private final CpuEngine engine;
    private final Set<Integer> breakpoints = new HashSet<>();
    private final List<Range> ranges = new ArrayList<>();
    /** Kilobytes that the engine watches; they stay until {@link #clear}, since a debugger takes watchpoints out and in at every halt. */
    private final BitSet watchedPages = new BitSet();

    /** Kilobytes that the engine watches for the {@link StackGuard}, whatever debuggers do. */
    private final BitSet guardedPages = new BitSet();

    private boolean none = true;
    private OnBkpt onBkpt = OnBkpt.EXCEPTION;
    private long resumedCycle = NOT_HALTED;
    private int resumedPc;
    private long haltedCycle = NOT_HALTED;
    private int haltedPc;
    private int accessed;
    private Access access = Access.READ;
    private Watch watch = Watch.ANY;

    DebugPoints(CpuEngine engine) {
        this.engine = engine;
    }

    /** Halts before the instruction at {@code address} from now on. */
    public void setBreakpoint(int address) {
        breakpoints.add(address & ~1);
        engine.setBreakpoint(address);
        none = false;
    }

    /** Removes the breakpoint at {@code address}, if there is one. */
    public void clearBreakpoint(int address) {
        breakpoints.remove(address & ~1);
        engine.clearBreakpoint(address);
        count();
    }

    /** Halts before an instruction that accesses one of {@code size} octets from {@code first} on, be they memory or registers. */
    public void watch(int first, int size, Watch watch) {
        ranges.add(new Range(first, size, watch));
        none = false;
        long from = Integer.toUnsignedLong(first) >>> PAGE_BITS;
        long to = Integer.toUnsignedLong(first) + size - 1 >>> PAGE_BITS;
        for (long page = from; page <= Math.min(to, (1L << 32 - PAGE_BITS) - 1); page++) {
            if (!watchedPages.get((int) page)) {
                watchedPages.set((int) page);
                engine.watch((int) (page << PAGE_BITS), PAGE);
            }
        }
    }

    /** Has the engine watch {@code size} octets from {@code base} on, whole kilobytes, without halting there. */
    void guard(int base, int size) {
        guardedPages.set(base >>> PAGE_BITS, (base + size - 1 >>> PAGE_BITS) + 1);
        engine.watch(base, size);
    }

    /** Ends {@link #guard}, but for watchpoints. */
    void endGuard() {
        guardedPages.stream().filter(page -> !watchedPages.get(page)).forEach(this::unwatchPage);
        guardedPages.clear();
    }

    private void unwatchPage(int page) {
        engine.unwatch(page << PAGE_BITS, PAGE);
    }

    /** Takes back one {@link #watch}. */
    public void unwatch(int first, int size, Watch watch) {
        ranges.remove(new Range(first, size, watch));
        count();
    }

    private void count() {
        none = breakpoints.isEmpty() && ranges.isEmpty();
    }

    /** Says what happens at a BKPT that no service takes. */
    public void onBkpt(OnBkpt what) {
        onBkpt = what;
    }

    OnBkpt onBkpt() {
        return onBkpt;
    }

    /** Removes all, and lets BKPT be an exception. */
    public void clear() {
        breakpoints.forEach(engine::clearBreakpoint);
        breakpoints.clear();
        ranges.clear();
        watchedPages.stream().filter(page -> !guardedPages.get(page)).forEach(this::unwatchPage);
        watchedPages.clear();
        onBkpt = OnBkpt.EXCEPTION;
        none = true;
    }

    /** The core goes on where it is: a breakpoint on the present instruction has been seen. */
    public void resume() {
        resumedCycle = engine.cycles();
        resumedPc = engine.pc();
    }

    /** The core has been put where it is: a breakpoint or access there has not been seen. */
    public void arrive() {
        resumedCycle = NOT_HALTED;
        haltedCycle = NOT_HALTED;
    }

    /** Makes {@code other}, of another core, halt where this does. */
    public void copyTo(DebugPoints other) {
        if (!other.breakpoints.equals(breakpoints) || !other.ranges.equals(ranges)) {
            other.clear();
            breakpoints.forEach(other::setBreakpoint);
            ranges.forEach(range -> other.watch(range.first(), range.size(), range.watch()));
        }
        other.onBkpt = onBkpt;
    }

    /** The address of the access that the core halted before. */
    public int accessed() {
        return accessed;
    }

    /** What it was. */
    public Access access() {
        return access;
    }

    /** What was watched there. */
    public Watch watch() {
        return watch;
    }

    /** Whether there is a breakpoint at {@code address}. */
    public boolean hasBreakpoint(int address) {
        return breakpoints.contains(address);
    }

    /** Whether to halt before the next instruction. */
    boolean haltsHere() {
        return !none && hasBreakpoint(engine.pc()) && (engine.cycles() != resumedCycle || engine.pc() != resumedPc);
    }

    /** Whether to halt before this access of the instruction under way, unless that is where the core halted last. */
    boolean haltsAt(int address, int width, Access wanted) {
        return !none && !ranges.isEmpty() && isWatched(address, width, wanted) && !hasHaltedHere();
    }

    private boolean isWatched(int address, int width, Access wanted) {
        for (Range range : ranges) {
            if (range.watch().includes(wanted) && range.overlaps(address, width)) {
                accessed = Integer.compareUnsigned(address, range.first()) < 0 ? range.first() : address;
                access = wanted;
                watch = range.watch();
                return true;
            }
        }
        return false;
    }

    private boolean hasHaltedHere() {
        return engine.cycles() == haltedCycle && engine.pc() == haltedPc;
    }

    /** The core has halted before an access. */
    void halted() {
        haltedCycle = engine.cycles();
        haltedPc = engine.pc();
    }
}
