// SPDX-License-Identifier: MIT
package picorn.junit;

import java.util.Arrays;
import java.util.List;
import picorn.emulator.time.Clock;

/** What was printed and when, up to a limit; what comes after that is counted. One character is one octet. */
final class ConsoleLog {
    private static final int FIRST_LINES = 64;

    private final int limit;
    private final StringBuilder text = new StringBuilder();
    /** Of each line, the virtual time of its first character, in picoseconds. */
    private long[] times = new long[FIRST_LINES];

    private int lines;
    private boolean atStart = true;
    private long cut;

    ConsoleLog(int limit) {
        this.limit = limit;
    }

    /** Whether there was room for {@code octet}, printed at {@code now} picoseconds. */
    boolean add(int octet, long now) {
        if (text.length() == limit) {
            cut++;
            return false;
        }
        if (atStart) {
            begin(now);
        }
        text.append((char) (octet & 0xFF));
        atStart = octet == '\n';
        return true;
    }

    /** Becomes what {@code other} is. */
    void copy(ConsoleLog other) {
        text.setLength(0);
        text.append(other.text);
        times = other.times.clone();
        lines = other.lines;
        atStart = other.atStart;
        cut = other.cut;
    }

    private void begin(long now) {
        if (lines == times.length) {
            times = Arrays.copyOf(times, 2 * lines);
        }
        times[lines++] = now;
    }

    /** What was kept. Only this class writes to it. */
    StringBuilder text() {
        return text;
    }

    /** Lines that were begun. */
    int lines() {
        return lines;
    }

    /** The last lines, at most {@code count}, without their ends. */
    List<String> lastLines(int count) {
        int from = text.length() - (atStart ? 1 : 0);
        for (int left = Math.min(count, lines); left > 0 && from >= 0; left--) {
            from = text.lastIndexOf("\n", from - 1);
        }
        return text.substring(from + 1).lines().map(Printable::of).toList();
    }

    /** Octets that were printed, but not kept. */
    long cut() {
        return cut;
    }

    /** All lines, each with its time in seconds, to the picosecond. */
    String timed() {
        StringBuilder timed = new StringBuilder();
        int from = 0;
        for (int line = 0; line < lines; line++) {
            int end = text.indexOf("\n", from);
            String content = end < 0 ? text.substring(from) : text.substring(from, end + 1);
            timed.append("%d.%012d %s".formatted(times[line] / Clock.SECOND, times[line] % Clock.SECOND, content));
            from = end + 1;
        }
        return timed.toString();
    }
}
