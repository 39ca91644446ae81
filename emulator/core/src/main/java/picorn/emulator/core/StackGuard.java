// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Reg;
import picorn.emulator.report.Finding;
import picorn.emulator.report.Findings;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/**
 * Reports the main stack when it grows below its limit, once: seen when exception entry pushes onto it, which costs nothing, and, if
 * that is asked for, when something is stored within a kilobyte below the limit, which makes accesses there slow.
 */
final class StackGuard implements Saved {
    private static final int PAGE = 1024;
    private static final int WATCHED = PAGE;
    /** A stack pointer further below the limit is another stack's. */
    private static final int REACH = 1 << 20;

    private final CpuEngine engine;
    private final DebugPoints points;
    private final Findings findings;
    private int limit;
    private boolean limited;
    private boolean overflowed;
    private boolean watching;
    private boolean stored;
    private int storedAt;

    StackGuard(CpuEngine engine, DebugPoints points, Findings findings) {
        this.engine = engine;
        this.points = points;
        this.findings = findings;
    }

    void limit(int address) {
        stopWatching();
        limit = address;
        limited = true;
        overflowed = false;
    }

    /** Between runs only. */
    void watch() {
        if (isLookedFor() && !watching) {
            watching = true;
            points.guard(firstPage(), lastPage() - firstPage() + PAGE);
        }
    }

    private boolean isLookedFor() {
        return limited && !overflowed;
    }

    private int firstPage() {
        return limit - WATCHED & -PAGE;
    }

    private int lastPage() {
        return limit - 1 & -PAGE;
    }

    /** Exception entry put a frame at {@code sp}. */
    void pushed(int sp) {
        if (isLookedFor() && isBelow(sp)) {
            report(sp, engine.pc());
        }
    }

    /** The instruction under way stores to {@code address}. */
    void storing(int address) {
        if (watching && Integer.compareUnsigned(address - (limit - WATCHED), WATCHED) < 0) {
            stored = true;
            storedAt = engine.pc();
            engine.stopBy(engine.cycles()); // the stack pointer is known behind the instruction only
        }
    }

    /** The engine has stopped. */
    void check() {
        if (!watching) {
            return;
        }
        int sp = engine.get(Reg.MSP);
        if (isBelow(sp)) {
            report(sp, stored ? storedAt : engine.pc());
        }
        stored = false;
    }

    private boolean isBelow(int sp) {
        int depth = limit - sp;
        return depth > 0 && depth <= REACH;
    }

    private void report(int sp, int pc) {
        findings.report(
                Finding.Kind.STACK_OVERFLOW, "the main stack (MSP 0x%08x, limit 0x%08x)".formatted(sp, limit), pc);
        overflowed = true;
    }

    /** What was reported is not looked for any more. Between runs only. */
    void rest() {
        if (!isLookedFor()) {
            stopWatching();
        }
    }

    /** Where the limit is belongs to the image and to what the user wants; here it is whether the stack has overflowed. */
    @Override
    public void save(StateWriter out) {
        out.flag(overflowed);
    }

    @Override
    public void load(StateReader in) {
        overflowed = in.flag();
        stored = false;
        rest();
    }

    private void stopWatching() {
        if (watching) {
            watching = false;
            points.endGuard();
        }
    }
}
