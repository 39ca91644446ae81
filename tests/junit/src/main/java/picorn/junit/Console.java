// SPDX-License-Identifier: MIT
package picorn.junit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    private final ConsoleInput input;
    private final StringBuilder log = new StringBuilder();
    /** Where the last wait ended. */
    private int read;

    Console(Runner runner, ConsoleInput input) {
        this.runner = runner;
        this.input = input;
    }

    void print(int octet) {
        if (log.length() < CAPACITY) {
            log.append((char) (octet & 0xFF));
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
        input.send(text.getBytes(StandardCharsets.ISO_8859_1));
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
     * Everything printed since power-up.
     *
     * <pre>{@code
     * assertThat(console.log()).doesNotContain("error");
     * }</pre>
     */
    public String log() {
        return log.toString();
    }

    /** The last lines, at most {@code count}, an incomplete one included. */
    List<String> lastLines(int count) {
        List<String> lines = log.toString().lines().map(Printable::of).toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }

    int lines() {
        return (int) log.toString().lines().count();
    }

    /** Looks at each complete line once. */
    private final class LineSearch implements BooleanSupplier {
        private final Pattern pattern;
        private int next = read;
        private String line = "";
        private MatchResult match = Pattern.compile("").matcher("");

        private LineSearch(Pattern pattern) {
            this.pattern = pattern;
        }

        @Override
        public boolean getAsBoolean() {
            int end = log.indexOf("\n", next);
            while (end >= 0) {
                line = withoutReturn(log.substring(next, end));
                next = end + 1;
                Matcher matcher = pattern.matcher(line);
                if (matcher.find()) {
                    match = matcher.toMatchResult();
                    read = next;
                    return true;
                }
                end = log.indexOf("\n", next);
            }
            return false;
        }

        private static String withoutReturn(String text) {
            return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        }
    }

    /** Looks at each character once, as far as it can tell. */
    private final class TextSearch implements BooleanSupplier {
        private final String text;
        private int from = read;

        private TextSearch(String text) {
            this.text = text;
        }

        @Override
        public boolean getAsBoolean() {
            int at = log.indexOf(text, from);
            if (at >= 0) {
                read = at + text.length();
                return true;
            }
            from = Math.max(from, log.length() - text.length() + 1);
            return false;
        }
    }

    /** Control characters as the Java language escapes them, so that a message stays in its lines. */
    private static final class Printable {
        private static final List<String> ESCAPES = Arrays.asList("\r", "\\r", "\n", "\\n", "\t", "\\t");

        private static String of(String text) {
            String escaped = text;
            for (int i = 0; i < ESCAPES.size(); i += 2) {
                escaped = escaped.replace(ESCAPES.get(i), ESCAPES.get(i + 1));
            }
            return escaped.replaceAll("\\p{Cntrl}", "?");
        }
    }
}
