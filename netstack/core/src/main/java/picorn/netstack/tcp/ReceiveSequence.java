// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

/** The receive sequence variables (RFC 9293, section 3.3.1). */
final class ReceiveSequence {
    /** Octets of the object. */
    static final int MEMORY = 64;

    /** RCV.NXT: the next that is expected. */
    int nxt;
    /** RCV.NXT + RCV.WND: the first beyond the window that was offered; it never moves back. */
    int edge;
    /** RCV.UP: the octet after the urgent data. */
    int up;
    /** The number of the FIN, once one has come. */
    int fin;

    boolean finKnown;
    /** IRS: the initial one. */
    int irs;
    /** Shift count of the windows that go out. */
    int scale;
    /** Last.ACK.sent (RFC 7323, section 4.3). */
    int lastAck;
    /** Segments with data that have come since an ACK went out. */
    int unacknowledged;
    /** What has come twice, and the peer is to be told of (RFC 2883). */
    int duplicateFrom;

    int duplicateTo;
    /** TS.Recent. */
    int tsRecent;
    /** When that was taken. */
    long tsRecentAt;

    /** Blocks that tell of what has come twice, 0 or 1. */
    int duplicates() {
        return duplicateFrom == duplicateTo ? 0 : 1;
    }

    /** Notes that octets have come twice. */
    void duplicate(int from, int to) {
        duplicateFrom = from;
        duplicateTo = Sequence.isBefore(to, nxt) ? to : nxt;
    }

    /** RCV.WND. */
    int wnd() {
        return edge - nxt;
    }

    /** The four cases of RFC 9293, section 3.10.7.4, first step. */
    boolean accepts(Segment s) {
        int length = s.length();
        return length == 0
                ? isInWindow(s.seq)
                : wnd() != 0 && (isInWindow(s.seq) || isInWindow(s.seq + length - 1) || spans(s, length));
    }

    /** Whether a segment begins before the window and ends beyond it, which the four cases leave out. */
    private boolean spans(Segment s, int length) {
        return Sequence.isBefore(s.seq, nxt) && Sequence.isBefore(edge, s.seq + length);
    }

    private boolean isInWindow(int seq) {
        return seq == nxt || Sequence.isAtMost(nxt, seq) && Sequence.isBefore(seq, edge);
    }
}
