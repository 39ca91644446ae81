// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.StackContext;

/** Challenge ACKs, so many a second and no more (RFC 5961, section 7). */
final class Challenges {
    private static final int PER_SECOND = 10;
    private static final long SECOND = 1_000_000_000L;

    private final StackContext context;
    private final Output output;
    private final TcpCounter.Counters counters;
    private long since;
    private int sent;

    Challenges(StackContext context, Output output, TcpCounter.Counters counters) {
        this.context = context;
        this.output = output;
        this.counters = counters;
    }

    /** Tells a peer where the connection stands, so that it acts if it was the peer that sent. */
    void send(Connection c) {
        if (context.now() - since >= SECOND) {
            since = context.now();
            sent = 0;
        }
        if (sent < PER_SECOND) {
            sent++;
            counters.count(TcpCounter.CHALLENGES_SENT);
            output.acknowledge(c);
        }
    }
}
