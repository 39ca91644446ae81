// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/**
 * The counter of IEEE 1588 system time (RM0090, 33.5.9, "System Time correction methods"), as a function of clock ticks. In coarse mode
 * every tick adds the increment; in fine mode every overflow of a 32-bit accumulator, to which each tick adds the addend.
 */
final class SystemTime implements Saved {
    static final long NEVER = Long.MAX_VALUE;

    private static final long BINARY_SECOND = 1L << 31;
    private static final long DECIMAL_SECOND = 1_000_000_000L;

    /** Ticks that a plan looks ahead, so that no product overflows; the target is planned anew then. */
    private static final long FARTHEST = 1L << 31;

    private static final long WORD = 0xFFFF_FFFFL;

    private boolean runs;
    private boolean fine;
    private boolean decimal;
    private int increment;
    private int addend;
    private long anchorTick;
    private long accumulator;
    private long seconds;
    private long subseconds;

    /** Makes {@code tick} the point from which it counts on; before anything is changed. */
    void settle(long tick) {
        long total = totalAt(tick);
        accumulator = accumulatorAt(tick);
        seconds = total / second();
        subseconds = total % second();
        anchorTick = tick;
    }

    void mode(boolean running, boolean fineMode, boolean decimalRollover, int subsecondIncrement) {
        runs = running;
        fine = fineMode;
        decimal = decimalRollover;
        increment = subsecondIncrement;
    }

    void addend(int value) {
        addend = value;
    }

    void initialize(int newSeconds, int newSubseconds) {
        seconds = newSeconds & WORD;
        subseconds = newSubseconds % second();
        accumulator = 0;
    }

    void adjust(int bySeconds, int bySubseconds, boolean subtract) {
        long by = (bySeconds & WORD) * second() + bySubseconds;
        long total = wrap(seconds * second() + subseconds + (subtract ? -by : by));
        seconds = total / second();
        subseconds = total % second();
    }

    private long second() {
        return decimal ? DECIMAL_SECOND : BINARY_SECOND;
    }

    int secondsAt(long tick) {
        return (int) (totalAt(tick) / second());
    }

    int subsecondsAt(long tick) {
        return (int) (totalAt(tick) % second());
    }

    private long totalAt(long tick) {
        long total = seconds * second() + subseconds + increments(tick) * increment;
        return wrap(total);
    }

    /** The seconds have 32 bits. */
    private long wrap(long total) {
        return decimal ? Math.floorMod(total, DECIMAL_SECOND << 32) : total & Long.MAX_VALUE;
    }

    private long increments(long tick) {
        long ticks = runs ? tick - anchorTick : 0;
        return fine ? overflows(ticks) : ticks;
    }

    /** How often the accumulator overflows in {@code ticks}: (accumulator + ticks * addend) / 2^32. */
    private long overflows(long ticks) {
        long low = (ticks & WORD) * (addend & WORD) + accumulator;
        return (ticks >>> 32) * (addend & WORD) + (low >>> 32);
    }

    private long accumulatorAt(long tick) {
        long ticks = runs && fine ? tick - anchorTick : 0;
        return ticks * (addend & WORD) + accumulator & WORD;
    }

    /** Whether this time has been reached at {@code tick}. */
    boolean reached(int targetSeconds, int targetSubseconds, long tick) {
        return missing(targetSeconds, targetSubseconds, tick) <= 0;
    }

    private long missing(int targetSeconds, int targetSubseconds, long tick) {
        return (targetSeconds & WORD) * second() + (targetSubseconds & Integer.MAX_VALUE) - totalAt(tick);
    }

    /**
     * The tick after the last {@link #settle} at which this time is reached, or one before it that is far ahead; {@link #NEVER} if it
     * does not come.
     */
    long tickOf(int targetSeconds, int targetSubseconds) {
        if (!runs || increment == 0 || fine && addend == 0) {
            return NEVER;
        }
        long missing = Math.max(0, missing(targetSeconds, targetSubseconds, anchorTick));
        long needed = missing / increment + (missing % increment == 0 ? 0 : 1);
        long ticks = fine ? ticksFor(Math.min(needed, Integer.MAX_VALUE)) : needed;
        return anchorTick + Math.min(ticks, FARTHEST);
    }

    private long ticksFor(long overflows) {
        long rate = addend & WORD;
        return overflows == 0 ? 0 : ((overflows << 32) - accumulator + rate - 1) / rate;
    }

    void reset(long tick) {
        mode(false, false, false, 0);
        addend = 0;
        seconds = 0;
        subseconds = 0;
        accumulator = 0;
        anchorTick = tick;
    }

    @Override
    public void save(StateWriter out) {
        out.flag(runs);
        out.flag(fine);
        out.flag(decimal);
        out.int32(increment);
        out.int32(addend);
        out.int64(anchorTick);
        out.int64(accumulator);
        out.int64(seconds);
        out.int64(subseconds);
    }

    @Override
    public void load(StateReader in) {
        runs = in.flag();
        fine = in.flag();
        decimal = in.flag();
        increment = in.int32();
        addend = in.int32();
        anchorTick = in.int64();
        accumulator = in.int64();
        seconds = in.int64();
        subseconds = in.int64();
    }
}
