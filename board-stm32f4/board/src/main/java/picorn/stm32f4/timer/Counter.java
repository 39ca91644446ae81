// SPDX-License-Identifier: MIT
package picorn.stm32f4.timer;

import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/**
 * The prescaler and counter of a timer (RM0090, 18.3.1 and 18.3.2), computed from ticks of the timer's clock when somebody looks.
 * Counts are unsigned; all ticks are those of the clock's domain.
 */
final class Counter implements Saved {
    /** A tick that does not come. */
    static final long NEVER = Long.MAX_VALUE;

    /** Which way it counts. */
    enum Direction {
        UP,
        DOWN
    }

    /** Highest count: 0xFFFF, or 0xFFFFFFFF. */
    private final long top;

    private boolean running;
    private Direction direction = Direction.UP;
    /** Count at {@link #origin}. */
    private long count;
    /** While running: the tick of the last step. Otherwise: ticks that the prescaler has counted since then. */
    private long origin;
    /** The tick from which on it has been running. */
    private long first;
    /** Ticks in a step: PSC + 1, as loaded. */
    private long divisor = 1;
    /** Auto-reload value, as loaded. */
    private long reload;

    Counter(long top) {
        this.top = top;
        this.reload = top;
    }

    boolean isRunning() {
        return running;
    }

    /** Counts from the tick after {@code tick} on (18.3.2: the counter starts one clock cycle after CEN is set). */
    void start(long tick) {
        first = tick + 1;
        origin = first - origin;
        running = true;
    }

    /** Stands still from {@code tick} on; the prescaler keeps its place. */
    void stop(long tick) {
        advance(tick);
        origin = Math.max(tick, first) - origin;
        running = false;
    }

    /** The count at {@code tick}, which is not before the last call that changed something. */
    long at(long tick) {
        return after(steps(tick));
    }

    /** Brings count and origin to {@code tick}. */
    void advance(long tick) {
        long steps = steps(tick);
        count = after(steps);
        if (running) {
            origin += steps * divisor;
        }
    }

    private long steps(long tick) {
        return running && tick > origin ? (tick - origin) / divisor : 0;
    }

    /** Sets the count at {@code tick}; the prescaler goes on. */
    void set(long tick, long newCount) {
        advance(tick);
        count = newCount;
    }

    /** Starts over, as an update event by software does: the count and the prescaler. */
    void restart(long tick) {
        count = direction == Direction.UP ? 0 : reload;
        origin = running ? tick : 0;
        first = tick;
    }

    void direction(long tick, Direction newDirection) {
        advance(tick);
        direction = newDirection;
    }

    Direction direction() {
        return direction;
    }

    /** The auto-reload value in use. */
    long reload() {
        return reload;
    }

    void reload(long tick, long value) {
        advance(tick);
        reload = value;
    }

    /** Ticks in a step. */
    long divisor() {
        return divisor;
    }

    /** Takes a new prescaler; {@code tick} is that of an update event, where the prescaler starts over. */
    void divisor(long tick, long value) {
        advance(tick);
        divisor = value;
    }

    private long after(long steps) {
        if (steps == 0 || reload == 0) {
            return count;
        }
        return direction == Direction.UP ? countUp(steps) : countDown(steps);
    }

    /** A count above the auto-reload value goes on to the top first. */
    private long countUp(long steps) {
        long toZero = (count <= reload ? reload : top) + 1 - count;
        return steps < toZero ? count + steps : (steps - toZero) % (reload + 1);
    }

    private long countDown(long steps) {
        return steps <= count ? count - steps : reload - (steps - count - 1) % (reload + 1);
    }

    /** The tick of the next overflow or underflow after the last one that {@link #advance} was called for. */
    long nextUpdate() {
        return tickAfter(stepsToUpdate());
    }

    private long stepsToUpdate() {
        if (direction == Direction.DOWN) {
            return count + 1;
        }
        return count <= reload ? reload + 1 - count : top + 1 - count + reload + 1;
    }

    /** The next tick at which the count becomes {@code value}, or overflows or underflows if it never does for being above reload. */
    long nextMatch(long value) {
        if (value > reload && !(direction == Direction.UP ? count > reload && value > count : value < count)) {
            return nextUpdate();
        }
        return tickAfter(stepsTo(value));
    }

    private long stepsTo(long value) {
        if (direction == Direction.UP) {
            return value > count ? value - count : (count <= reload ? reload : top) + 1 - count + value;
        }
        return value < count ? count - value : count + 1 + reload - value;
    }

    private long tickAfter(long steps) {
        if (!running || reload == 0) {
            return NEVER;
        }
        long ticks = steps * divisor;
        return Math.multiplyHigh(steps, divisor) != 0 || ticks < 0 || ticks > NEVER - origin ? NEVER : origin + ticks;
    }

    void reset() {
        running = false;
        direction = Direction.UP;
        count = 0;
        origin = 0;
        first = 0;
        divisor = 1;
        reload = top;
    }

    @Override
    public void save(StateWriter out) {
        out.flag(running);
        out.flag(direction == Direction.DOWN);
        out.int64(count);
        out.int64(origin);
        out.int64(first);
        out.int64(divisor);
        out.int64(reload);
    }

    @Override
    public void load(StateReader in) {
        running = in.flag();
        direction = in.flag() ? Direction.DOWN : Direction.UP;
        count = in.int64();
        origin = in.int64();
        first = in.int64();
        divisor = in.int64();
        reload = in.int64();
    }
}
