// SPDX-License-Identifier: MIT
package picorn.junit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picorn.emulator.machine.Machine;
import picorn.stm32f4.board.SerialInput;

/**
 * What firmware prints, over the board's serial connector, by semihosting and over the ITM, in the order in which it comes; and what
 * is typed into the serial connector. One character is one octet.
 *
 * <p>Waiting goes on where the wait before it ended: two waits in a row want two lines, in that order.
 *
 * <pre>{@code
 * console.awaitText("login: ", ofSeconds(2));
 * console.send("root\r");
 * MatchResult uptime = console.awaitMatch("up ([0-9]+) s", ofSeconds(5));
 * }</pre>
 */
public final class Console {
    /** Octets that are kept; what comes after them is not. */
    private static final int CAPACITY = 16 << 20;

    private final Runner runner;
    private final SerialInput input;
    private final Machine machine;
    private final ConsoleLog log = new ConsoleLog(CAPACITY);
    private final StringBuilder text = log.text();
    /** Where the last wait ended. */
    private int read;

    Console(Machine machine, Runner runner, SerialInput input) {
        this.machine = machine;
        this.runner = runner;
        this.input = input;
    }

    /** What was printed before counts as printed and read. */
    void goOnFrom(ConsoleLog printed) {
        log.copy(printed);
        read = text.length();
    }

    void print(int octet) {
        if (log.add(octet, machine.now())) {
            runner.lookAgain();
        }
    }

    /**
     * Types text, one character after the other as fast as the line and the firmware take them, none lost. Returns at once: virtual
     * time goes on with the next wait.
     *
     * <pre>{@code
     * console.send("reboot\r");
     * }</pre>
     */
    public void send(String text) {
        input.type(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Waits for a whole line that contains {@code text}.
     *
     * <pre>{@code
     * String lease = console.awaitLine("lease", ofSeconds(2));
     * }</pre>
     *
     * @param limit virtual time
     * @return the line, without its end
     */
    public String awaitLine(String text, Duration limit) {
        LineSearch search = new LineSearch(Pattern.compile(Pattern.quote(text)));
        runner.await("a console line that contains \"%s\"".formatted(Printable.of(text)), search, limit);
        return search.line;
    }

    /**
     * Waits for text, be its line complete or not.
     *
     * <pre>{@code
     * console.awaitText("> ", ofMillis(10));
     * }</pre>
     *
     * @param limit virtual time
     */
    public void awaitText(String text, Duration limit) {
        TextSearch search = new TextSearch(text);
        runner.await("\"%s\" on the console".formatted(Printable.of(text)), search, limit);
    }

    /**
     * Waits for a whole line in which {@code regex} is found.
     *
     * <pre>{@code
     * int sent = Integer.parseInt(console.awaitMatch("frames: ([0-9]+) sent", ofSeconds(60)).group(1));
     * }</pre>
     *
     * @param limit virtual time
     * @return what was found
     */
    public MatchResult awaitMatch(String regex, Duration limit) {
        LineSearch search = new LineSearch(Pattern.compile(regex));
        runner.await("a console line that matches \"%s\"".formatted(Printable.of(regex)), search, limit);
        return search.match;
    }

    /**
     * Everything printed since power-up; of more than 16 MB, the first.
     *
     * <pre>{@code
     * assertThat(console.log()).doesNotContain("error");
     * }</pre>
     */
    public String log() {
        return text.toString();
    }

    /**
     * Everything printed since power-up, each line after the virtual time of its first character, in seconds to the picosecond.
     *
     * <pre>{@code
     * assertThat(console.timedLog()).startsWith("0.000021125000 ready");
     * }</pre>
     */
    public String timedLog() {
        return log.timed();
    }

    ConsoleLog kept() {
        return log;
    }

    /** Looks at each complete line once. */
    private final class LineSearch implements BooleanSupplier {
        private final Pattern pattern;
        /** Where the line begins that is not complete yet, and how far it was searched for its end. */
        private int next = read;

        private int searched = read;
        private String line = "";
        private MatchResult match = Pattern.compile("").matcher("");

        private LineSearch(Pattern pattern) {
            this.pattern = pattern;
        }

        @Override
        public boolean getAsBoolean() {
            int end = text.indexOf("\n", searched);
            while (end >= 0) {
                line = withoutReturn(text.substring(next, end));
                next = end + 1;
                searched = next;
                Matcher matcher = pattern.matcher(line);
                if (matcher.find()) {
                    match = matcher.toMatchResult();
                    read = next;
                    return true;
                }
                end = text.indexOf("\n", searched);
            }
            searched = text.length();
            return false;
        }

        private static String withoutReturn(String whole) {
            return whole.endsWith("\r") ? whole.substring(0, whole.length() - 1) : whole;
        }
    }

    /** Looks at each character once, as far as it can tell. */
    private final class TextSearch implements BooleanSupplier {
        private final String wanted;
        private int from = read;

        private TextSearch(String wanted) {
            this.wanted = wanted;
        }

        @Override
        public boolean getAsBoolean() {
            int at = text.indexOf(wanted, from);
            if (at >= 0) {
                read = at + wanted.length();
                return true;
            }
            from = Math.max(from, text.length() - wanted.length() + 1);
            return false;
        }
    }
}
