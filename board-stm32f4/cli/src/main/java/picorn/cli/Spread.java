// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.Arrays;

/** The least, the median and the most of what was measured several times. */
record Spread(double least, double median, double most) {
    /** Of {@code values}, at least one. */
    static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }

    /** As a table shows it, such as "1.25 (1.10 to 1.31)". */
    String text() {
        return "%.2f (%.2f to %.2f)".formatted(median, least, most);
    }
}
