// SPDX-License-Identifier: MIT
package picorn.netstack.link;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an {@link Impairment} does to frames.
 *
 * <pre>{@code
 * ImpairmentConfig.parse("loss=1%,delay=20ms,jitter=5ms,reorder=5%,duplicate=1%,corrupt=0.1%,rate=10M");
 * }</pre>
 *
 * @param loss frames in a million that vanish
 * @param duplicate frames in a million that arrive twice
 * @param reorder frames in a million that are held back, so that later ones overtake them
 * @param corrupt frames in a million of which one bit is turned over
 * @param delay nanoseconds that each frame takes
 * @param jitter nanoseconds by which the delay varies to either side; frames keep their order
 * @param rate bits in a second, or 0 for no limit
 * @param limit frames that may be under way; those beyond it are dropped
 */
public record ImpairmentConfig(
        int loss, int duplicate, int reorder, int corrupt, long delay, long jitter, long rate, int limit) {
    /** Nothing happens to frames. */
    public static final ImpairmentConfig NONE = new ImpairmentConfig(0, 0, 0, 0, 0, 0, 0, 1000);

    private static final int MILLION = 1_000_000;
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,4})?)%");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ns|us|ms|s)");
    private static final Pattern RATE = Pattern.compile("(\\d{1,9})([kMG]?)");
    private static final String KEYS = "loss, duplicate, reorder, corrupt, delay, jitter, rate, limit";

    /**
     * A configuration.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public ImpairmentConfig {
        for (int share : new int[] {loss, duplicate, reorder, corrupt}) {
            if (share < 0 || share > MILLION) {
                throw new IllegalArgumentException("a share is 0 to 1000000 frames in a million, not " + share);
            }
        }
        if (delay < 0 || jitter < 0 || rate < 0 || limit < 1) {
            throw new IllegalArgumentException("delay, jitter and rate are 0 or more, the limit 1 or more");
        }
    }

    /**
     * Reads a description: keys and values, separated by commas.
     *
     * @param text for example {@code loss=1%,delay=20ms,rate=10M}; shares in percent, times in ns, us, ms or s, rates in bit/s with
     *     k, M or G, the limit in frames; empty for no impairment
     * @return the configuration
     * @throws IllegalArgumentException with one line that says what is wrong, where, and what would be right
     */
    public static ImpairmentConfig parse(String text) {
        ImpairmentConfig config = NONE;
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw wrong(text, part, "write key=value, with a key out of " + KEYS);
            }
            config = config.with(
                    part.substring(0, equals).trim(), part.substring(equals + 1).trim(), part, text);
        }
        return config;
    }

    private ImpairmentConfig with(String key, String value, String part, String text) {
        return switch (key) {
            case "loss" -> loss(share(value, part, text));
            case "duplicate" -> duplicate(share(value, part, text));
            case "reorder" -> reorder(share(value, part, text));
            case "corrupt" -> corrupt(share(value, part, text));
            case "delay" -> delay(time(value, part, text));
            case "jitter" -> jitter(time(value, part, text));
            case "rate" -> rate(bits(value, part, text));
            case "limit" -> limit(frames(value, part, text));
            default -> throw wrong(text, part, "the keys are " + KEYS);
        };
    }

    private static int share(String value, String part, String text) {
        Matcher matcher = PERCENT.matcher(value);
        if (matcher.matches()) {
            int share = new BigDecimal(matcher.group(1)).movePointRight(4).intValueExact();
            if (share <= MILLION) {
                return share;
            }
        }
        throw wrong(text, part, "write a share of 0% to 100%, for example 1.5%");
    }

    private static long time(String value, String part, String text) {
        Matcher matcher = TIME.matcher(value);
        if (!matcher.matches()) {
            throw wrong(text, part, "write a time in ns, us, ms or s, for example 20ms");
        }
        long unit =
                switch (matcher.group(2)) {
                    case "ns" -> 1;
                    case "us" -> 1_000;
                    case "ms" -> 1_000_000;
                    default -> 1_000_000_000L;
                };
        return Long.parseLong(matcher.group(1)) * unit;
    }

    private static long bits(String value, String part, String text) {
        Matcher matcher = RATE.matcher(value);
        if (!matcher.matches()) {
            throw wrong(text, part, "write bits in a second, if need be with k, M or G, for example 10M");
        }
        long unit =
                switch (matcher.group(2)) {
                    case "k" -> 1_000;
                    case "M" -> 1_000_000;
                    case "G" -> 1_000_000_000L;
                    default -> 1;
                };
        return Long.parseLong(matcher.group(1)) * unit;
    }

    private static int frames(String value, String part, String text) {
        if (!value.matches("[1-9]\\d{0,6}")) {
            throw wrong(text, part, "write a number of frames, for example 1000");
        }
        return Integer.parseInt(value);
    }

    private static IllegalArgumentException wrong(String text, String part, String mend) {
        String line = String.format(Locale.ROOT, "impairment \"%s\": \"%s\" is not understood; %s", text, part, mend);
        return new IllegalArgumentException(line.replaceAll("\\s", " "));
    }

    /**
     * The same with another loss.
     *
     * @param share frames in a million
     * @return the configuration
     */
    public ImpairmentConfig loss(int share) {
        return new ImpairmentConfig(share, duplicate, reorder, corrupt, delay, jitter, rate, limit);
    }

    /**
     * The same with other duplication.
     *
     * @param share frames in a million
     * @return the configuration
     */
    public ImpairmentConfig duplicate(int share) {
        return new ImpairmentConfig(loss, share, reorder, corrupt, delay, jitter, rate, limit);
    }

    /**
     * The same with other reordering.
     *
     * @param share frames in a million
     * @return the configuration
     */
    public ImpairmentConfig reorder(int share) {
        return new ImpairmentConfig(loss, duplicate, share, corrupt, delay, jitter, rate, limit);
    }

    /**
     * The same with other corruption.
     *
     * @param share frames in a million
     * @return the configuration
     */
    public ImpairmentConfig corrupt(int share) {
        return new ImpairmentConfig(loss, duplicate, reorder, share, delay, jitter, rate, limit);
    }

    /**
     * The same with another delay.
     *
     * @param nanoseconds 0 or more
     * @return the configuration
     */
    public ImpairmentConfig delay(long nanoseconds) {
        return new ImpairmentConfig(loss, duplicate, reorder, corrupt, nanoseconds, jitter, rate, limit);
    }

    /**
     * The same with another variation of the delay.
     *
     * @param nanoseconds to either side, 0 or more
     * @return the configuration
     */
    public ImpairmentConfig jitter(long nanoseconds) {
        return new ImpairmentConfig(loss, duplicate, reorder, corrupt, delay, nanoseconds, rate, limit);
    }

    /**
     * The same with another rate.
     *
     * @param bitsPerSecond 1 or more, or 0 for no limit
     * @return the configuration
     */
    public ImpairmentConfig rate(long bitsPerSecond) {
        return new ImpairmentConfig(loss, duplicate, reorder, corrupt, delay, jitter, bitsPerSecond, limit);
    }

    /**
     * The same with another limit.
     *
     * @param frames that may be under way, 1 or more
     * @return the configuration
     */
    public ImpairmentConfig limit(int frames) {
        return new ImpairmentConfig(loss, duplicate, reorder, corrupt, delay, jitter, rate, frames);
    }
}
