// SPDX-License-Identifier: MIT
package picorn.junit;

import java.math.BigDecimal;
import java.time.Duration;

/** How times read in messages. */
final class Words {
    private static final long MICROSECOND = 1000;
    private static final long MILLISECOND = 1000 * MICROSECOND;
    private static final long SECOND = 1000 * MILLISECOND;

    private Words() {}

    /** In its largest unit, exact: "2 s", "1.5 ms". */
    static String of(Duration time) {
        if (time.compareTo(Duration.ofNanos(Long.MAX_VALUE)) > 0) {
            return time.toSeconds() + " s";
        }
        long nanoseconds = time.toNanos();
        if (nanoseconds >= SECOND) {
            return of(nanoseconds, SECOND, "s");
        }
        if (nanoseconds >= MILLISECOND) {
            return of(nanoseconds, MILLISECOND, "ms");
        }
        return nanoseconds >= MICROSECOND ? of(nanoseconds, MICROSECOND, "µs") : nanoseconds + " ns";
    }

    private static String of(long nanoseconds, long unit, String name) {
        BigDecimal number = BigDecimal.valueOf(nanoseconds).divide(BigDecimal.valueOf(unit));
        return number.stripTrailingZeros().toPlainString() + " " + name;
    }
}
