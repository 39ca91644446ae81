// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import java.util.Arrays;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.report.Finding;
import picorn.emulator.report.Findings;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateMismatch;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/**
 * Reports an exception that is taken {@link #TIMES} times while nothing that it interrupts executes an instruction or sleeps: a
 * handler that does not clear its flag, or a fault whose handler returns to the instruction that faults.
 */
final class InterruptStorm implements ExceptionObserver, Saved {
    static final int TIMES = 1000;

    private final CpuEngine engine;
    private final Exceptions exceptions;
    private final Findings findings;
    /** How often each was taken since {@link #period} became what {@link #periods} says. */
    private final int[] times;

    private final int[] periods;
    /** Counts the moments at which something interrupted had gone on. */
    private int period;

    private final int[] active;
    private int depth;
    private boolean resumed;
    private long resumedAt;

    InterruptStorm(CpuEngine engine, Exceptions exceptions, Findings findings) {
        this.engine = engine;
        this.exceptions = exceptions;
        this.findings = findings;
        times = new int[exceptions.count()];
        periods = new int[exceptions.count()];
        active = new int[exceptions.count()];
    }

    @Override
    public void entered(int n, int over, Entry entry) {
        if (resumed && engine.instructions() > resumedAt) {
            progressed();
        }
        resumed = false;
        if (periods[n] != period) {
            periods[n] = period;
            times[n] = 0;
        }
        if (++times[n] == TIMES) {
            findings.report(
                    Finding.Kind.INTERRUPT_STORM, "%s (%d times in a row)".formatted(exceptions.name(n), TIMES));
        }
        active[Math.min(depth++, active.length - 1)] = n;
    }

    @Override
    public void left(int n) {
        if (resumed) {
            progressed(); // it executed its return at least
        }
        resumed = false;
        depth = Math.max(0, depth - 1);
    }

    @Override
    public void resumed(int n) {
        resumed = true;
        resumedAt = engine.instructions();
    }

    /** The core sleeps, so there is nothing to hold up. */
    void slept() {
        progressed();
    }

    /** What is active was itself interrupted, and goes on being counted. */
    private void progressed() {
        period++;
        for (int i = 0; i < Math.min(depth, active.length); i++) {
            periods[active[i]] = period;
        }
    }

    @Override
    public void reset() {
        progressed();
        depth = 0;
        resumed = false;
    }

    @Override
    public void save(StateWriter out) {
        out.int32s(times);
        out.int32s(periods);
        out.int32s(active);
        out.int32(period);
        out.int32(depth);
        out.flag(resumed);
        out.int64(resumedAt);
    }

    @Override
    public void load(StateReader in) {
        in.int32s(times);
        in.int32s(periods);
        in.int32s(active);
        period = in.int32();
        depth = in.count(Integer.MAX_VALUE);
        resumed = in.flag();
        resumedAt = in.int64();
        if (Arrays.stream(active).anyMatch(n -> n < 0 || n >= times.length)) {
            throw new StateMismatch("saved state has exceptions that this core has not: it is damaged");
        }
    }
}
