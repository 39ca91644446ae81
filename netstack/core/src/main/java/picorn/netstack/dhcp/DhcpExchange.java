// SPDX-License-Identifier: MIT
package picorn.netstack.dhcp;

import picorn.netstack.context.StackContext;

/** What the messages of one question to DHCP servers have in common, and when it is asked again (RFC 2131, section 4.1). */
final class DhcpExchange {
    private static final long SECOND = 1_000_000_000L;
    private static final long LONGEST_WAIT = 64 * SECOND;

    private final StackContext context;
    private int xid;
    private int secs;
    private int tries;
    private long beganAt;
    private long askedAt;

    DhcpExchange(StackContext context) {
        this.context = context;
    }

    /** A new question. */
    void begin() {
        renumber();
        tries = 0;
        beganAt = context.now();
    }

    /** A message that awaits no answer. */
    void renumber() {
        xid = context.random().nextInt();
    }

    /** The same question in another way: it counts its tries anew. */
    void turn() {
        tries = 0;
    }

    /** Counts the seconds since the beginning anew. */
    void count() {
        secs = (int) Math.min((context.now() - beganAt) / SECOND, 0xFFFF);
    }

    /** It is being asked now. */
    void asked() {
        askedAt = context.now();
        tries++;
    }

    int xid() {
        return xid;
    }

    int secs() {
        return secs;
    }

    int tries() {
        return tries;
    }

    long askedAt() {
        return askedAt;
    }

    /** How long an answer is waited for: 4 s, doubled each time up to 64 s, give or take a second. */
    long patience() {
        long wait = Math.min(4 * SECOND << Math.min(tries - 1, 4), LONGEST_WAIT);
        return wait - SECOND + context.random().below((int) (2 * SECOND));
    }
}
