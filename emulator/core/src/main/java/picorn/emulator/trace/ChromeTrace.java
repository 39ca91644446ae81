// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

import picorn.emulator.core.Core;
import picorn.emulator.core.ExceptionObserver;
import picorn.emulator.core.Exceptions;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.image.Symbols;
import picorn.emulator.time.Clock;

/**
 * Functions and exception handlers in Chrome's trace event format (the JSON object format, events B, E and M), as Perfetto and
 * chrome://tracing show them: a track for all handlers, which nest as they preempt each other, and one for each thread.
 */
public final class ChromeTrace implements CallListener {
    private static final long PICOSECONDS_A_MICROSECOND = 1_000_000;

    private final TextOut out;
    private final TraceFilter filter;
    private final Clock clock;
    private Runnable last = () -> {};
    private boolean any;

    private ChromeTrace(TextOut out, TraceFilter filter, Clock clock) {
        this.out = out;
        this.filter = filter;
        this.clock = clock;
        out.text("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[");
    }

    /** Of functions and handlers; of functions those that begin at a place of {@code filter}. */
    public static ChromeTrace ofFunctions(
            TextOut out, TraceFilter filter, Clock clock, CpuEngine engine, Core core, Symbols symbols) {
        ChromeTrace trace = new ChromeTrace(out, filter, clock);
        CallTracker tracker = new CallTracker(engine, core.exceptions(), symbols, trace);
        core.observe(tracker);
        core.exceptions().observe(tracker);
        trace.last = tracker::end;
        return trace;
    }

    /** Of handlers alone, which does not slow the core down. */
    public static ChromeTrace ofHandlers(TextOut out, TraceFilter filter, Clock clock, Exceptions exceptions) {
        ChromeTrace trace = new ChromeTrace(out, filter, clock);
        Track handlers = new Track(0, "exceptions", trace);
        exceptions.observe(new ExceptionObserver() {
            @Override
            public void entered(int n, int over, Entry entry) {
                handlers.push(exceptions.name(n), 0, 0, Frame.NOWHERE, 0);
            }

            @Override
            public void left(int n) {
                if (handlers.depth() > 0) {
                    handlers.pop();
                }
            }

            @Override
            public void reset() {
                handlers.popTo(0);
            }
        });
        trace.last = () -> handlers.popTo(0);
        return trace;
    }

    private boolean lets(Frame frame) {
        return frame.isHandler() ? filter.block(frame.name()) : filter.place(frame.start());
    }

    private TextOut event(char phase, int track) {
        out.text(any ? ",\n" : "\n")
                .text("{\"ph\":\"")
                .put(phase)
                .text("\",\"pid\":1,\"tid\":")
                .number(track);
        any = true;
        return out;
    }

    private void time() {
        long now = clock.now();
        out.text(",\"ts\":").number(now / PICOSECONDS_A_MICROSECOND).put('.');
        for (long digit = PICOSECONDS_A_MICROSECOND / 10; digit > 0; digit /= 10) {
            out.put((char) ('0' + now / digit % 10));
        }
    }

    private void quoted(String text) {
        out.put('"');
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"' || character == '\\') {
                out.put('\\');
            }
            out.put(character < ' ' ? '?' : character);
        }
        out.put('"');
    }

    @Override
    public void began(int track, String name) {
        event('M', track).text(",\"name\":\"thread_name\",\"args\":{\"name\":");
        quoted(name);
        out.text("}}");
    }

    @Override
    public void entered(int track, int depth, Frame frame) {
        if (lets(frame)) {
            event('B', track);
            time();
            out.text(frame.isHandler() ? ",\"cat\":\"irq\",\"name\":" : ",\"cat\":\"exec\",\"name\":");
            quoted(frame.name());
            out.put('}');
        }
    }

    @Override
    public void left(int track, int depth, Frame frame) {
        if (lets(frame)) {
            event('E', track);
            time();
            out.put('}');
        }
    }

    /** Ends what is under way, and the file. */
    public void end() {
        last.run();
        out.text("\n]}\n");
        out.flush();
    }
}
