// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import java.util.Locale;

/** What TCP counts; each stands in reports as {@code tcp.} and its name. */
enum TcpCounter {
    SEGMENTS_RECEIVED,
    SEGMENTS_SENT,
    SEGMENTS_RETRANSMITTED,
    OPENED,
    ACCEPTED,
    FAILED,
    RESETS_RECEIVED,
    RESETS_SENT,
    CHALLENGES_SENT,
    OUT_OF_ORDER,
    TIMEOUTS,
    WINDOW_PROBES,
    KEEP_ALIVES,
    COOKIES_SENT,
    COOKIES_ACCEPTED;

    final String label = "tcp." + name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** Counts of one stack. */
    static final class Counters {
        private final long[] counts = new long[values().length];

        void count(TcpCounter what) {
            counts[what.ordinal()]++;
        }

        long of(TcpCounter what) {
            return counts[what.ordinal()];
        }
    }
}
