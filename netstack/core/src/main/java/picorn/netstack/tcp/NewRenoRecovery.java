// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.tcp.control.CongestionControl;

/**
 * Recovery for peers that tell no more than how far data has come: fast retransmit and fast recovery (RFC 5681, section 3.2;
 * RFC 6582), limited transmit (RFC 3042). After a timeout everything is sent again from the oldest on.
 */
final class NewRenoRecovery extends Recovery {
    /** Octets of the object. */
    static final int MEMORY = 96;

    private static final int DUP_THRESH = 3;

    /** As long as this is not acknowledged, and more, duplicates may be of what was sent again. */
    private int recover;

    private boolean fast;
    private int duplicates;
    /** Octets that have left the network, as duplicates tell. */
    private int arrived;
    /** Octets sent beyond the window on the first duplicates. */
    private int limited;
    /** The end of the segment whose round trip is measured. */
    private int timed;

    private boolean timing;
    private long timedAt;
    private long measured = UNKNOWN;
    private long againAt;

    NewRenoRecovery(Connection c, CongestionControl congestion) {
        super(c, congestion);
    }

    @Override
    void begin(int iss, long now) {
        recover = iss;
        lostFrom = iss;
        lostTo = iss;
        againAt = now;
        sent(iss + 1, 0, now);
    }

    @Override
    boolean isOpen() {
        return !fast && Sequence.isAtMost(recover, c.snd.una);
    }

    @Override
    int allowance() {
        int pipe = Math.max(0, flight() - (lostTo - lostFrom) - arrived);
        boolean forced = pipe == 0 || fast && findLost();
        return Math.max(congestion.cwnd() - pipe, forced ? mss() : 0);
    }

    @Override
    void sent(int end, int octets, long now) {
        if (!timing) {
            timing = true;
            timed = end;
            timedAt = now;
        }
        if (duplicates > 0 && !fast) {
            limited += octets;
        }
    }

    @Override
    boolean findLost() {
        return lostFrom != lostTo;
    }

    @Override
    void sentAgain(int upTo, long now) {
        lostFrom = upTo;
        againAt = now;
        timing = false;
        retransmissions++;
    }

    @Override
    void acknowledged(Segment s, long now) {
        measured = UNKNOWN;
        if (s.ack != c.snd.una) {
            advanced(s.ack, now);
        } else if (isDuplicate(s) && (fast || Sequence.isBefore(recover, s.ack))) {
            duplicate();
        }
    }

    private void advanced(int ack, long now) {
        int flight = flight();
        int acked = ack - c.snd.una;
        if (timing && Sequence.isAtMost(timed, ack)) {
            timing = false;
            measured = now - timedAt;
        }
        lostFrom = Sequence.later(lostFrom, ack);
        lostTo = Sequence.later(lostTo, ack);
        if (!fast) {
            noDuplicates();
            congestion.onAck(acked, flight, c.rtt.srtt(), now);
        } else if (Sequence.isBefore(ack, recover)) {
            // A partial acknowledgment: the next segment is lost too.
            arrived = Math.max(0, arrived - acked + mss());
            firstLost(ack);
        } else {
            fast = false;
            noDuplicates();
            congestion.onRecovered(flight - acked);
        }
        if (Sequence.isBefore(recover, ack)) {
            recover = ack - 1;
        }
    }

    private void duplicate() {
        duplicates++;
        arrived = Math.max(0, Math.min(arrived + mss(), flight() - mss()));
        if (duplicates == DUP_THRESH) {
            fast = true;
            recover = c.snd.nxt;
            congestion.onLoss(Math.max(1, flight() - limited));
            firstLost(c.snd.una);
        }
    }

    private void firstLost(int first) {
        lostFrom = first;
        lostTo = first + Math.min(mss(), c.snd.nxt - first);
    }

    private void noDuplicates() {
        duplicates = 0;
        arrived = 0;
        limited = 0;
    }

    @Override
    long measuredRtt(long now) {
        return measured;
    }

    @Override
    long oldest(long now) {
        return now - againAt;
    }

    @Override
    void timedOut() {
        if (c.retries > 1) {
            congestion.onRepeatedTimeout();
        } else {
            congestion.onTimeout(Math.max(1, flight() - limited));
        }
        allLost();
    }

    @Override
    void resized() {
        congestion.resize(mss());
        allLost();
    }

    private void allLost() {
        fast = false;
        timing = false;
        noDuplicates();
        recover = c.snd.nxt;
        lostFrom = c.snd.una;
        lostTo = c.snd.nxt;
    }
}
