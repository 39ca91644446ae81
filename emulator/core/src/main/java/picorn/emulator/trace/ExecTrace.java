// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

import picorn.emulator.core.Core;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.image.Symbols;

/** Writes down functions and exception handlers as they begin and end, each indented by those under way in its thread. */
public final class ExecTrace implements CallListener {
    private static final String KIND = "exec";

    private final TraceText out;
    private final TraceFilter filter;

    private ExecTrace(TraceText out, TraceFilter filter) {
        this.out = out;
        this.filter = filter;
    }

    /** Begins it: of functions that begin at a place of {@code filter}, and of handlers. */
    public static void begin(TraceText out, TraceFilter filter, CpuEngine engine, Core core, Symbols symbols) {
        CallTracker tracker = new CallTracker(engine, core.exceptions(), symbols, new ExecTrace(out, filter));
        core.observe(tracker);
        core.exceptions().observe(tracker);
    }

    @Override
    public void began(int track, String name) {
        out.line(KIND).text("[").number(track).text("] is ").text(name).end();
    }

    @Override
    public void entered(int track, int depth, Frame frame) {
        line(track, depth, "> ", frame);
    }

    @Override
    public void left(int track, int depth, Frame frame) {
        line(track, depth, "< ", frame);
    }

    private void line(int track, int depth, String sign, Frame frame) {
        if (frame.isHandler() ? filter.block(frame.name()) : filter.place(frame.start())) {
            out.line(KIND).text("[").number(track).text("] ");
            for (int i = 0; i < depth; i++) {
                out.text("  ");
            }
            out.text(sign).text(frame.name()).end();
        }
    }
}
