// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.StackContext;

/** The clock of timestamps (RFC 7323, section 5.4): milliseconds, from a beginning that differs by connection. */
final class TimestampClock {
    static final long TICK = 1_000_000;

    private final StackContext context;

    TimestampClock(StackContext context) {
        this.context = context;
    }

    /** The timestamp of a connection now. */
    int now(Flow flow) {
        return (int) (context.now() / TICK) + flow.hash;
    }
}
