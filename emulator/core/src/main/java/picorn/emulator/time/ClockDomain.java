// SPDX-License-Identifier: MIT
package picorn.emulator.time;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/**
 * A clock of the chip's clock tree: counts its ticks since reset as an exact rational of virtual time, through changes of its
 * frequency. Tick n is the first moment, in whole picoseconds, at which n periods have passed.
 */
public final class ClockDomain implements Saved {
    private static final long NONE = Long.MIN_VALUE;

    private final String name;
    private final Clock clock;
    private final List<Runnable> listeners = new ArrayList<>();
    private Frequency frequency = Frequency.STOPPED;
    /** Ticks per picosecond, in lowest terms: {@code p / q}. */
    private long p;

    private long q = 1;
    private long anchorTime;
    private long anchorTick;
    /** What {@link #timeOf} and {@link #tickNotBefore} answered last: the same is asked several times in a row, and divides. */
    private long lastTick = NONE;

    private long timeOfLastTick;
    private long lastDeadline = NONE;
    private long tickOfLastDeadline;

    /** A stopped clock called {@code name}. */
    public ClockDomain(String name, Clock clock) {
        this.name = name;
        this.clock = clock;
    }

    /** Its name in the reference manual, such as "PCLK1". */
    public String name() {
        return name;
    }

    /** How fast it runs now. */
    public Frequency frequency() {
        return frequency;
    }

    /** Calls {@code listener} after each change of frequency; deadlines computed before are void then. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Runs at {@code newFrequency} from now on. The tick that has begun starts over. */
    public void run(Frequency newFrequency) {
        if (newFrequency.equals(frequency)) {
            return;
        }
        long now = clock.now();
        anchorTick = ticksAt(now);
        anchorTime = now;
        setRate(newFrequency);
        listeners.forEach(Runnable::run);
    }

    private void setRate(Frequency newFrequency) {
        frequency = newFrequency;
        Frequency perPicosecond = newFrequency.dividedBy(Clock.SECOND);
        p = perPicosecond.numerator();
        q = perPicosecond.denominator();
        lastTick = NONE;
        lastDeadline = NONE;
    }

    /** Ticks since reset, now. */
    public long ticks() {
        return ticksAt(clock.now());
    }

    /** Ticks since reset at {@code time}, which is not before the last change of frequency. */
    public long ticksAt(long time) {
        return p == 0 ? anchorTick : anchorTick + scale(time - anchorTime, p, q, 0);
    }

    /**
     * The first moment at which {@link #ticksAt} is {@code tick}; {@link EventQueue#NEVER} if the clock is stopped before it, or
     * it is further away than virtual time counts (106 days).
     */
    public long timeOf(long tick) {
        if (tick != lastTick) {
            timeOfLastTick = computeTimeOf(tick);
            lastTick = tick;
        }
        return timeOfLastTick;
    }

    private long computeTimeOf(long tick) {
        if (tick <= anchorTick) {
            return anchorTime;
        }
        if (p == 0) {
            return EventQueue.NEVER;
        }
        long after = scale(tick - anchorTick, q, p, p - 1);
        return after > EventQueue.NEVER - anchorTime ? EventQueue.NEVER : anchorTime + after;
    }

    /** The first tick that is not before {@code time}. */
    public long tickNotBefore(long time) {
        if (time != lastDeadline) {
            long tick = ticksAt(time);
            tickOfLastDeadline = computeTimeOf(tick) < time ? tick + 1 : tick;
            lastDeadline = time;
        }
        return tickOfLastDeadline;
    }

    /** {@code floor((value * factor + round) / divisor)}, or {@link Long#MAX_VALUE} if that is more; all are 0 or more. */
    private static long scale(long value, long factor, long divisor, long round) {
        long product = value * factor;
        if (Math.multiplyHigh(value, factor) == 0 && product >= 0 && product <= Long.MAX_VALUE - round) {
            return (product + round) / divisor;
        }
        long whole = value / divisor;
        long rest = value % divisor;
        long wholes = whole * factor;
        long part = rest * factor;
        if (Math.multiplyHigh(whole, factor) != 0
                || wholes < 0
                || Math.multiplyHigh(rest, factor) != 0
                || part < 0
                || part > Long.MAX_VALUE - round) {
            return scaleWide(value, factor, divisor, round);
        }
        long sum = wholes + (part + round) / divisor;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private static long scaleWide(long value, long factor, long divisor, long round) {
        BigInteger exact = BigInteger.valueOf(value)
                .multiply(BigInteger.valueOf(factor))
                .add(BigInteger.valueOf(round))
                .divide(BigInteger.valueOf(divisor));
        return exact.bitLength() < Long.SIZE ? exact.longValue() : Long.MAX_VALUE;
    }

    @Override
    public void save(StateWriter out) {
        out.int64(frequency.numerator());
        out.int64(frequency.denominator());
        out.int64(anchorTime);
        out.int64(anchorTick);
    }

    @Override
    public void load(StateReader in) {
        setRate(new Frequency(in.int64(), in.int64()));
        anchorTime = in.int64();
        anchorTick = in.int64();
    }

    @Override
    public String toString() {
        return name + " " + frequency;
    }
}
