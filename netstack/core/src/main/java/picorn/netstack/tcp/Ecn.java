// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

/** Explicit congestion notification (RFC 3168, section 6.1), for connections that have agreed on it. */
final class Ecn {
    private static final int CONGESTION_EXPERIENCED = 3;
    private static final int SET_UP = TcpHeader.ECE | TcpHeader.CWR;

    private Ecn() {}

    /** What a peer's SYN says: a set-up, or the answer to one. */
    static boolean isAgreed(Segment s) {
        int wanted = s.has(TcpHeader.ACK) ? TcpHeader.ECE : SET_UP;
        return (s.flags & SET_UP) == wanted;
    }

    /** The flags of a SYN or SYN-ACK: only the first try offers it, since some drop what they do not know. */
    static int synFlags(Connection c) {
        if (c.state == TcpState.SYN_SENT) {
            return c.retries == 0 ? SET_UP : 0;
        }
        return TcpHeader.ECE;
    }

    /** The receiver's part: echoes congestion until the peer says that it has reduced its window. */
    static void received(Connection c, Segment s) {
        if (s.has(TcpHeader.CWR)) {
            c.echo = false;
        }
        if ((s.typeOfService & CONGESTION_EXPERIENCED) == CONGESTION_EXPERIENCED && s.text.length() > 0) {
            c.echo = true;
            c.ackNow = true;
        }
    }

    /** The sender's part: reduces the window, once in a round trip. */
    static void acknowledged(Connection c, Segment s, int flight) {
        if (s.has(TcpHeader.ECE) && c.recovery.isOpen() && Sequence.isAtMost(c.reducedUntil, s.ack)) {
            c.recovery.congestion.onEcn(Math.max(1, flight));
            c.reducedUntil = c.snd.nxt;
            c.reduced = true;
        }
    }

    /** The flags of any other segment. */
    static int flags(Connection c, boolean newData) {
        int flags = c.echo ? TcpHeader.ECE : 0;
        if (newData && c.reduced) {
            c.reduced = false;
            flags |= TcpHeader.CWR;
        }
        return flags;
    }
}
