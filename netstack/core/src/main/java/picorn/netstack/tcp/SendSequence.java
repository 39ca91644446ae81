// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

/** The send sequence variables (RFC 9293, section 3.3.1). */
final class SendSequence {
    /** Octets of the object. */
    static final int MEMORY = 64;

    /** SND.UNA: the oldest that is not acknowledged. */
    int una;
    /** SND.NXT: the next that has never been sent. */
    int nxt;
    /** SND.WND, in octets. */
    int wnd;
    /** SND.WL1: SEG.SEQ of the last window update. */
    int wl1;
    /** SND.WL2: SEG.ACK of the last window update. */
    int wl2;
    /** SND.UP: the octet after the urgent data. */
    int up;
    /** ISS: the initial one. */
    int iss;
    /** The largest window that the peer has ever offered, MAX.SND.WND of RFC 5961. */
    int maxWnd;
    /** Shift count of the windows that come. */
    int scale;
    /** The largest data of a segment, options included, SendMSS. */
    int mss;
    /** The sequence number of the first octet of the send buffer, which the SYN precedes. */
    int bufferStart() {
        return una == iss ? una + 1 : una;
    }

    /** FlightSize: octets sent and not acknowledged. */
    int flight() {
        return nxt - una;
    }

    /** Whether a segment's window is newer than the one known (RFC 9293, section 3.10.7.4). */
    boolean isUpdatedBy(Segment s) {
        return Sequence.isBefore(wl1, s.seq) || wl1 == s.seq && Sequence.isAtMost(wl2, s.ack);
    }

    void window(Segment s, int shift) {
        wnd = s.wnd << shift;
        wl1 = s.seq;
        wl2 = s.ack;
        maxWnd = Math.max(maxWnd, wnd);
    }
}
