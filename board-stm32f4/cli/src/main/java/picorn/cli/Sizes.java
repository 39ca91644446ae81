// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes of memory as users write them: "512K", "2M", "0x1000", "4096". */
final class Sizes {
    private static final Pattern SIZE = Pattern.compile("(0[xX][0-9a-fA-F]{1,8}|[0-9]{1,10})([KkMm]?)");

    private Sizes() {}

    static int parse(String option, String text, int largest) throws UsageError {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new UsageError("--%s %s is not a size; write it like 512K or 2M".formatted(option, text));
        }
        long unit =
                switch (matcher.group(2)) {
                    case "K", "k" -> 1 << 10;
                    case "M", "m" -> 1 << 20;
                    default -> 1;
                };
        long size = Long.decode(matcher.group(1).replaceFirst("^0+(?=[1-9])", "")) * unit;
        if (size < 1024 || size > largest || size % 1024 != 0) {
            throw new UsageError("--%s %s cannot be; it must be a multiple of 1K from 1K to %s"
                    .formatted(option, text, format(largest)));
        }
        return (int) size;
    }

    static String format(long octets) {
        if (octets >= 1 << 20 && octets % (1 << 20) == 0) {
            return (octets >> 20) + "M";
        }
        return octets >= 1024 && octets % 1024 == 0 ? (octets >> 10) + "K" : Long.toString(octets);
    }
}
