// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.StackContext;

/**
 * Challenge ACKs, so many a second and no more (RFC 5961, section 7); how many differs by second, so that nobody learns by
 * counting them whom else the stack talks to.
 */
final class Challenges {
    private static final int LEAST = 5;
    private static final int SPREAD = 10;
    private static final long SECOND = 1_000_000_000L;

    private final StackContext context;
    private final Output output;
    private final TcpCounters counters;
    private long since;
    private int left = LEAST;

    Challenges(StackContext context, Output output, TcpCounters counters) {
        this.context = context;
        this.output = output;
        this.counters = counters;
    }

    /** Tells a peer where the connection stands, so that it acts if it was the peer that sent. */
    void send(Connection c) {
        if (context.now() - since >= SECOND) {
            since = context.now();
            left = LEAST + context.random().below(SPREAD);
        }
        if (left > 0) {
            left--;
            counters.challengesSent.count();
            output.acknowledge(c);
        }
    }
}
