// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

import static picorn.emulator.time.Clock.NANOSECOND;

import java.util.function.IntSupplier;
import picorn.emulator.core.ExceptionObserver;
import picorn.emulator.core.Exceptions;
import picorn.emulator.image.Symbols;
import picorn.emulator.time.ClockDomain;

/**
 * Writes down exceptions as they become pending, are entered and left: how long each waited for its handler and how long that ran, in
 * nanoseconds and in cycles of HCLK, preemption by others included.
 */
public final class InterruptTrace implements ExceptionObserver {
    private static final String KIND = "irq";

    private final TraceText out;
    private final TraceFilter filter;
    private final Exceptions exceptions;
    private final ClockDomain hclk;
    private final IntSupplier pc;
    private final Places places;
    private final Since[] pended;
    private final Since[] entered;
    private int left;

    /** A moment. */
    private final class Since {
        private long time;
        private long tick;

        void now() {
            tick = hclk.ticks();
            time = hclk.timeOf(tick);
        }

        void write() {
            long ticks = hclk.ticks();
            out.number((hclk.timeOf(ticks) - time) / NANOSECOND).text(" ns, ");
            out.number(ticks - tick).text(" cycles");
        }
    }

    /** Of what happens while the core is at {@code pc}. */
    public InterruptTrace(
            TraceText out,
            TraceFilter filter,
            Exceptions exceptions,
            ClockDomain hclk,
            IntSupplier pc,
            Symbols symbols) {
        this.out = out;
        this.filter = filter;
        this.exceptions = exceptions;
        this.hclk = hclk;
        this.pc = pc;
        places = new Places(symbols);
        pended = moments(exceptions.count());
        entered = moments(exceptions.count());
    }

    private Since[] moments(int count) {
        Since[] moments = new Since[count];
        for (int i = 0; i < count; i++) {
            moments[i] = new Since();
        }
        return moments;
    }

    private boolean lets(int n) {
        return filter.block(exceptions.name(n));
    }

    /** While a handler returns, the PC is the EXC_RETURN value. */
    private String here() {
        int at = pc.getAsInt();
        return at >>> 28 == 0xF ? "exception return" : places.of(at);
    }

    private TraceText line(String what, int n) {
        return out.line(KIND).text(what).text(exceptions.name(n));
    }

    @Override
    public void pended(int n) {
        pended[n].now();
        if (lets(n)) {
            line("pend  ", n).text(exceptions.isEnabled(n) ? "" : ", which is not enabled");
            out.text(", at ").text(here()).end();
        }
    }

    @Override
    public void withdrawn(int n) {
        if (lets(n)) {
            line("clear ", n).text(", at ").text(here()).end();
        }
    }

    @Override
    public void entered(int n, int over, Entry entry) {
        entered[n].now();
        if (lets(n)) {
            line("enter ", n).text(" after ");
            pended[n].write();
            out.text(how(entry)).text(exceptions.name(entry == Entry.TAIL_CHAINED ? left : over));
            out.text(", to ").text(here()).end();
        }
    }

    private static String how(Entry entry) {
        return switch (entry) {
            case PREEMPTS -> "; preempts ";
            case TAIL_CHAINED -> "; tail-chained after ";
            case LATE_ARRIVAL -> "; late, preempts ";
        };
    }

    @Override
    public void left(int n) {
        left = n;
        if (lets(n)) {
            line("exit  ", n).text(" after ");
            entered[n].write();
            out.end();
        }
    }
}
