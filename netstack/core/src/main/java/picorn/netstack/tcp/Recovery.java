// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.Timed;
import picorn.netstack.tcp.control.CongestionControl;

/** What a connection has under way, how much that may be, and what of it is to be sent again (RFC 5681). */
abstract class Recovery {
    /** What {@link #measuredRtt} says when nothing was measured. */
    static final long UNKNOWN = -1;

    final Connection c;
    final CongestionControl congestion;
    /** When to look for losses again, or to probe the tail. */
    long lookAt = Timed.NEVER;
    /** What {@link #findLost} has found: it is to be sent again from this sequence number up to the next. */
    int lostFrom;

    int lostTo;
    int retransmissions;

    Recovery(Connection c, CongestionControl congestion) {
        this.c = c;
        this.congestion = congestion;
    }

    final int mss() {
        return Transmission.payload(c);
    }

    final int flight() {
        return c.snd.flight();
    }

    /** The connection is there. */
    final void established() {
        if (c.retries > 0) {
            congestion.startAfterLoss(mss());
            c.rtt.onLostSyn();
        } else {
            congestion.start(mss());
        }
    }

    /** The definition of RFC 5681, section 2, for peers that do not tell more. */
    final boolean isDuplicate(Segment s) {
        return s.ack == c.snd.una && s.length() == 0 && flight() > 0 && s.wnd << c.snd.scale == c.snd.wnd;
    }

    /** The SYN, whose sequence number this is, has been sent. */
    abstract void begin(int iss, long now);

    /** Whether nothing is being repaired. */
    abstract boolean isOpen();

    /** Whether it can keep account of one more segment. */
    boolean hasRoom() {
        return true;
    }

    /** Octets that may be sent now. */
    abstract int allowance();

    /** New data, SYN or FIN has been sent. */
    abstract void sent(int end, int octets, long now);

    /** Looks for what is to be sent again; false if there is nothing. */
    abstract boolean findLost();

    /** What was found has been sent again, or its first part. */
    abstract void sentAgain(int upTo, long now);

    /** An acknowledgment that moves SND.UNA, or repeats it; SND.UNA is still the old one. */
    abstract void acknowledged(Segment s, long now);

    /** The round trip that the last acknowledgment tells, of what was sent once (RFC 6298, section 3), or {@link #UNKNOWN}. */
    abstract long measuredRtt(long now);

    /** How long ago the oldest segment was last sent, or longer. */
    abstract long oldest(long now);

    /** The retransmission timer has expired for the first time, or once more. */
    abstract void timedOut();

    /** Segments have become smaller: what is under way was too large, and is lost without congestion. */
    abstract void resized();

    /** Looks for losses again, or probes the tail, as {@link #lookAt} has asked for. */
    void look(Output output, long now) {}

    /** Gives back what it does not need while nothing is under way. */
    void rest() {}

    /** Gives back everything that it has drawn. */
    void close() {}
}
