// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.Timed;

/**
 * Keep-alive probes of idle connections (RFC 9293, section 3.8.4).
 *
 * @param idle nanoseconds without a segment of the peer until the first probe; {@link Timed#NEVER} for none
 * @param interval nanoseconds between probes
 * @param probes unanswered ones after which the connection has timed out
 */
public record KeepAlive(long idle, long interval, int probes) {
    /** No probes. */
    public static final KeepAlive OFF = new KeepAlive(Timed.NEVER, Timed.NEVER, 0);

    /** After two hours, as RFC 9293 has it, then every 75 seconds, nine times. */
    public static final KeepAlive ON = new KeepAlive(7_200_000_000_000L, 75_000_000_000L, 9);

    /** Checks the times. */
    public KeepAlive {
        if (idle < 1 || interval < 1 || probes < 0) {
            throw new IllegalArgumentException("keep-alive takes times of 1 ns or more and 0 probes or more, not "
                    + idle + ", " + interval + ", " + probes);
        }
    }
}
