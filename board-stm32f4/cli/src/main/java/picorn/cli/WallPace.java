// SPDX-License-Identifier: MIT
package picorn.cli;

import static picorn.emulator.time.Clock.NANOSECOND;

import java.util.function.LongSupplier;
import picorn.emulator.host.HostInbox;
import picorn.emulator.machine.Pace;
import picorn.emulator.time.EventQueue;

/** Keeps virtual time from running ahead of the host's: in sleep, or always. Falls behind freely. */
final class WallPace implements Pace {
    /** Busy time is held back in steps of this, since waiting is not exact to less. */
    private static final long STEP_NANOSECONDS = 2_000_000;

    private static final long LONG_WAIT = 1_000_000_000;

    /** What is held back. */
    enum Holds {
        SLEEP,
        SLEEP_AND_WORK
    }

    private final HostInbox inbox;
    private final Holds holds;
    private final LongSupplier nanoseconds;
    private final long start;
    private final long origin;

    WallPace(HostInbox inbox, Holds holds) {
        this(inbox, holds, System::nanoTime);
    }

    /** One that begins in the middle of a run: the wall is taken to be at {@code now} picoseconds. */
    static WallPace from(long now, HostInbox inbox, Holds holds) {
        return new WallPace(inbox, holds, System::nanoTime, now);
    }

    /** With another clock of the host's than its own. */
    WallPace(HostInbox inbox, Holds holds, LongSupplier nanoseconds) {
        this(inbox, holds, nanoseconds, 0);
    }

    /** The wall is taken to be at {@code origin} picoseconds now. */
    WallPace(HostInbox inbox, Holds holds, LongSupplier nanoseconds, long origin) {
        this.origin = origin;
        this.inbox = inbox;
        this.holds = holds;
        this.nanoseconds = nanoseconds;
        start = nanoseconds.getAsLong();
    }

    private long wall() {
        return origin + (nanoseconds.getAsLong() - start) * NANOSECOND;
    }

    @Override
    public long idle(long now, long next) {
        long ahead = next == EventQueue.NEVER ? LONG_WAIT : (next - wall()) / NANOSECOND;
        try {
            if (ahead > 0) {
                inbox.await(Math.min(ahead, LONG_WAIT));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return now;
        }
        return next == EventQueue.NEVER || wall() < next ? Math.max(now, Math.min(next, wall())) : next;
    }

    @Override
    public void busy(long now) {
        long ahead = (now - wall()) / NANOSECOND;
        if (holds == Holds.SLEEP_AND_WORK && ahead > STEP_NANOSECONDS) {
            try {
                inbox.await(ahead);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
