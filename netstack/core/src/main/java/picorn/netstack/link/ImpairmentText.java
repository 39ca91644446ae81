// SPDX-License-Identifier: MIT
package picorn.netstack.link;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A description of impairments as {@link ImpairmentConfig#parse} takes it: keys and values, separated by commas. */
final class ImpairmentText {
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,4})?)%");
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ns|us|ms|s)");
    private static final Pattern RATE = Pattern.compile("(\\d{1,9})([kMG]?)");
    private static final String KEYS = "loss, duplicate, reorder, corrupt, delay, jitter, rate, limit";

    private final String text;
    /** The key and value that are being read. */
    private String part = "";

    ImpairmentText(String text) {
        this.text = text;
    }

    ImpairmentConfig config() {
        ImpairmentConfig config = ImpairmentConfig.NONE;
        for (String each : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            part = each;
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw wrong("write key=value, with a key out of " + KEYS);
            }
            config = with(
                    config,
                    part.substring(0, equals).trim(),
                    part.substring(equals + 1).trim());
        }
        return config;
    }

    private ImpairmentConfig with(ImpairmentConfig config, String key, String value) {
        return switch (key) {
            case "loss" -> config.loss(share(value));
            case "duplicate" -> config.duplicate(share(value));
            case "reorder" -> config.reorder(share(value));
            case "corrupt" -> config.corrupt(share(value));
            case "delay" -> config.delay(time(value));
            case "jitter" -> config.jitter(time(value));
            case "rate" -> config.rate(bits(value));
            case "limit" -> config.limit(frames(value));
            default -> throw wrong("the keys are " + KEYS);
        };
    }

    private int share(String value) {
        Matcher matcher = PERCENT.matcher(value);
        if (matcher.matches()) {
            int share = new BigDecimal(matcher.group(1)).movePointRight(4).intValueExact();
            if (share <= ImpairmentConfig.MILLION) {
                return share;
            }
        }
        throw wrong("write a share of 0% to 100%, for example 1.5%");
    }

    private long time(String value) {
        Matcher matcher = TIME.matcher(value);
        if (!matcher.matches()) {
            throw wrong("write a time in ns, us, ms or s, for example 20ms");
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

    private long bits(String value) {
        Matcher matcher = RATE.matcher(value);
        if (!matcher.matches()) {
            throw wrong("write bits in a second, if need be with k, M or G, for example 10M");
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

    private int frames(String value) {
        if (!value.matches("[1-9]\\d{0,6}")) {
            throw wrong("write a number of frames, for example 1000");
        }
        return Integer.parseInt(value);
    }

    private IllegalArgumentException wrong(String mend) {
        String line = String.format(Locale.ROOT, "impairment \"%s\": \"%s\" is not understood; %s", text, part, mend);
        return new IllegalArgumentException(line.replaceAll("\\s", " "));
    }
}
