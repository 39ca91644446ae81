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
    private final String name;
    private final Clock clock;
    private final List<Runnable> listeners = new ArrayList<>();
    private Frequency frequency = Frequency.STOPPED;
    /** Ticks per picosecond, in lowest terms: {@code p / q}. */
    private long p;

    private long q = 1;
    private long anchorTime;
    private long anchorTick;

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
    }

    /** Ticks since reset, now. */
    public long ticks() {
        return ticksAt(clock.now());
    }

    /** Ticks since reset at {@code time}, which is not before the last change of frequency. */
    public long ticksAt(long time) {
        return p == 0 ? anchorTick : anchorTick + scale(time - anchorTime, p, q, 0);
    }

    /** The first moment at which {@link #ticksAt} is {@code tick}; {@link EventQueue#NEVER} if the clock is stopped before it. */
    public long timeOf(long tick) {
        if (tick <= anchorTick) {
            return anchorTime;
        }
        return p == 0 ? EventQueue.NEVER : anchorTime + scale(tick - anchorTick, q, p, p - 1);
    }

    /** The first tick that is not before {@code time}. */
    public long tickNotBefore(long time) {
        long tick = ticksAt(time);
        return timeOf(tick) < time ? tick + 1 : tick;
    }

    /** {@code floor((value * factor + round) / divisor)} without overflow in between; the result must fit. */
    private static long scale(long value, long factor, long divisor, long round) {
        long whole = value / divisor;
        long rest = value % divisor;
        long product = rest * factor;
        if (Math.multiplyHigh(rest, factor) != 0 || product < 0) {
            return whole * factor + scaleWide(rest, factor, divisor, round);
        }
        return whole * factor + (product + round) / divisor;
    }

    private static long scaleWide(long value, long factor, long divisor, long round) {
        return BigInteger.valueOf(value)
                .multiply(BigInteger.valueOf(factor))
                .add(BigInteger.valueOf(round))
                .divide(BigInteger.valueOf(divisor))
                .longValueExact();
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
