// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.Timed;
import picorn.netstack.tcp.control.CongestionControl;
import picorn.netstack.tcp.control.Deliveries;
import picorn.netstack.tcp.control.Scoreboard;

/** How a connection finds out what is lost before the retransmission timer does; this one by duplicate acknowledgments. */
class LossDetection {
    /** Octets of the object. */
    static final int MEMORY = 16;

    private static final int DUP_THRESH = 3;

    /** The recovery of a connection by this. */
    static Recovery recovery(Connection c, CongestionControl congestion) {
        return new ScoreboardRecovery(c, congestion, new LossDetection());
    }

    /** Learns of each segment that has arrived. */
    Deliveries deliveries() {
        return Deliveries.IGNORED;
    }

    /** An acknowledgment begins to be processed. */
    void onAck(int ack) {}

    /** The acknowledgment has told of something that arrived twice (RFC 2883). */
    void onDuplicate(int sndNxt) {}

    /** The acknowledgment has been processed as far as it concerns the scoreboard. */
    void answered(ScoreboardRecovery recovery, int ack, int acked) {}

    /**
     * Marks what is lost (RFC 6675, section 5; RFC 6582, section 3.2).
     *
     * @return when to look again, or {@link Timed#NEVER}
     */
    long detect(ScoreboardRecovery recovery, long now) {
        Scoreboard board = recovery.board;
        board.detectLoss(DUP_THRESH, recovery.mss());
        if (board.duplicates() >= DUP_THRESH) {
            board.firstLost();
        }
        return Timed.NEVER;
    }

    /** What may be sent again in recovery when nothing is known to be lost (rule 3 of RFC 6675's NextSeg). */
    int nextHole(Scoreboard board) {
        return board.nextHole();
    }

    /** When to probe the tail of what is under way, or {@link Timed#NEVER}. */
    long probeAt(ScoreboardRecovery recovery, long now) {
        return Timed.NEVER;
    }

    /** Whether the probe may be sent; new data is tried first. */
    boolean mayProbe() {
        return false;
    }

    /** A probe has been sent: new data, if SND.NXT has moved since a sequence number. */
    void probed(int before, int sndNxt) {}

    /** The retransmission timer has expired, or recovery begins. */
    void begins(int flight) {}

    /** Recovery has ended. */
    void ended() {}

    /** In recovery, what may be under way after so much has been delivered. */
    int window(ScoreboardRecovery recovery, int delivered) {
        return recovery.congestion.cwnd();
    }

    /** Something has been sent in recovery. */
    void sent(int octets) {}
}
