// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

import static picorn.emulator.time.Clock.NANOSECOND;

import picorn.emulator.time.Clock;

/**
 * Lines for people, each begun with its virtual time in seconds, nine decimals. They are put together in place, so that none is
 * allocated.
 *
 * <pre>{@code
 * trace.line("irq").text("enter ").text("USART1").text(" after ").number(12).text(" ns").end();
 * }</pre>
 */
public final class TraceText {
    /** When lines reach their stream. */
    public enum Flush {
        /** Each as it is complete, for who looks on. */
        EACH_LINE,
        /** When {@link TextOut#BUFFER} octets have come together, and at the end. */
        FULL_BUFFER
    }

    private static final long NANOSECONDS = 1_000_000_000;
    private static final int KIND_WIDTH = 5;
    private static final String HEX = "0123456789abcdef";

    private final TextOut out;
    private final Clock clock;
    private final Flush flush;

    /** Writes to {@code out} what happens at {@code clock}'s time. */
    public TraceText(TextOut out, Clock clock, Flush flush) {
        this.out = out;
        this.clock = clock;
        this.flush = flush;
    }

    /** Begins a line of this kind, now. */
    public TraceText line(String kind) {
        time(clock.now());
        out.text("  ").text(kind);
        for (int i = kind.length(); i < KIND_WIDTH; i++) {
            out.put(' ');
        }
        return this;
    }

    private void time(long picoseconds) {
        long nanoseconds = picoseconds / NANOSECOND;
        out.number(nanoseconds / NANOSECONDS).put('.');
        for (long digit = NANOSECONDS / 10; digit > 0; digit /= 10) {
            out.put((char) ('0' + nanoseconds / digit % 10));
        }
    }

    /** Adds words. */
    public TraceText text(CharSequence words) {
        out.text(words);
        return this;
    }

    /** Adds a decimal number. */
    public TraceText number(long value) {
        out.number(value);
        return this;
    }

    /** Adds {@code 0x} and as many digits as {@code octets} take. */
    public TraceText hex(int value, int octets) {
        out.text("0x");
        for (int shift = 8 * octets - 4; shift >= 0; shift -= 4) {
            out.put(HEX.charAt(value >>> shift & 15));
        }
        return this;
    }

    /** Adds {@code 0x} and eight digits. */
    public TraceText hex(int value) {
        return hex(value, 4);
    }

    /** Completes the line. */
    public void end() {
        out.put('\n');
        if (flush == Flush.EACH_LINE) {
            out.flush();
        }
    }
}
