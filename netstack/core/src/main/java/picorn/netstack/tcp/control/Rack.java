// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.control;

import picorn.netstack.context.Timed;

/**
 * RACK and tail loss probe (RFC 8985): a segment is lost when one sent sufficiently later has arrived. It is the scoreboard's
 * {@link Deliveries}; times are nanoseconds.
 *
 * <pre>{@code
 * board.acknowledged(...); board.sacked(...);   // RACK learns what has arrived
 * long timer = rack.detect(board, recovering, srtt, now);
 * }</pre>
 */
public final class Rack implements Deliveries {
    private static final int DUP_THRESH = 3;
    private static final int LARGEST_MULTIPLIER = 255;
    private static final int ROUNDS_KEPT = 16;
    private static final long FIRST_PROBE = 1_000_000_000L;

    private long sentAt;
    private int end;
    private boolean any;
    private long rtt;
    private long minRtt = Timed.NEVER;
    /** The highest sequence number that has arrived; what arrives below it later, sent once, was reordered (step 3). */
    private int fack;

    private boolean reordering;
    private int multiplier = 1;
    private int roundsLeft = ROUNDS_KEPT;
    private boolean inDsackRound;
    private int dsackRound;
    private boolean probing;
    private boolean probeWasRetransmission;
    private int probeEnd;

    /** Nothing has been delivered. */
    public Rack() {}

    @Override
    public void delivered(long sentAt, int end, boolean retransmitted, long now) {
        long measured = now - sentAt;
        noteOrder(end, retransmitted);
        if (!retransmitted) {
            minRtt = Math.min(minRtt, measured);
        } else if (measured < minRtt) {
            // The original has arrived, not the copy (section 6.2, step 2).
            return;
        }
        if (!any || sentAfter(sentAt, end, this.sentAt, this.end)) {
            any = true;
            this.sentAt = sentAt;
            this.end = end;
            rtt = measured;
        }
    }

    private void noteOrder(int end, boolean retransmitted) {
        if (!any || end - fack > 0) {
            fack = end;
        } else if (end - fack < 0 && !retransmitted) {
            reordering = true;
        }
    }

    private static boolean sentAfter(long time, int end, long otherTime, int otherEnd) {
        return time > otherTime || time == otherTime && end - otherEnd > 0;
    }

    /**
     * An acknowledgment has begun to be processed; to be called before the scoreboard's methods.
     *
     * @param ack SEG.ACK
     */
    public void onAck(int ack) {
        if (inDsackRound && ack - dsackRound >= 0) {
            inDsackRound = false;
        }
    }

    /**
     * A duplicate SACK (RFC 2883): something was sent again in vain, so the reordering window widens, once a round trip.
     *
     * @param sndNxt SND.NXT
     */
    public void onDsack(int sndNxt) {
        reordering = true;
        if (!inDsackRound) {
            inDsackRound = true;
            dsackRound = sndNxt;
            multiplier = Math.min(multiplier + 1, LARGEST_MULTIPLIER);
            roundsLeft = ROUNDS_KEPT;
        }
    }

    /** Recovery has ended: after 16 recoveries without a duplicate SACK the reordering window is what it was at first. */
    public void onRecovered() {
        roundsLeft--;
        if (roundsLeft <= 0) {
            multiplier = 1;
            roundsLeft = ROUNDS_KEPT;
        }
    }

    /**
     * How much later a segment must have been sent than another to arrive first without the other being lost (section 6.2, step 4).
     *
     * @param board the scoreboard
     * @param recovery whether losses are being recovered from
     * @param srtt the smoothed round-trip time
     * @return nanoseconds
     */
    public long reorderingWindow(Scoreboard board, Recovery recovery, long srtt) {
        if (!reordering && (recovery == Recovery.ACTIVE || board.sackedSegments() >= DUP_THRESH)) {
            return 0;
        }
        return minRtt == Timed.NEVER ? 0 : Math.min(multiplier * (minRtt / 4), srtt);
    }

    /**
     * Marks as lost what was sent sufficiently earlier than something that has arrived (step 5).
     *
     * @param board the scoreboard, whose {@link Scoreboard#nextLost} finds it
     * @param recovery whether losses are being recovered from
     * @param srtt the smoothed round-trip time
     * @param now the time
     * @return when to call this again although nothing has arrived, or {@link Timed#NEVER}
     */
    public long detect(Scoreboard board, Recovery recovery, long srtt, long now) {
        if (!any || board.isPlain()) {
            return Timed.NEVER;
        }
        long due = rtt + reorderingWindow(board, recovery, srtt);
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < board.size(); i++) {
            if (board.isSacked(i) || board.isWaiting(i) || !sentAfter(sentAt, end, board.sentAt(i), board.end(i))) {
                continue;
            }
            if (board.sentAt(i) + due <= now) {
                board.lostAgain(i);
            } else {
                latest = Math.max(latest, board.sentAt(i) + due);
            }
        }
        return latest == Long.MIN_VALUE ? Timed.NEVER : latest;
    }

    /**
     * How long to wait after sending before the tail is probed (section 7.2); the caller does not wait beyond the
     * retransmission timeout.
     *
     * @param segments under way
     * @param srtt the smoothed round-trip time, 0 if none was measured
     * @param delayedAck how long the peer may delay an acknowledgment
     * @return nanoseconds
     */
    public long probeTimeout(int segments, long srtt, long delayedAck) {
        if (srtt == 0) {
            return FIRST_PROBE;
        }
        return segments == 1 ? 2 * srtt + delayedAck : 2 * srtt;
    }

    /**
     * Whether a probe may be sent: none is under way.
     *
     * @return false until the last one is answered
     */
    public boolean mayProbe() {
        return !probing;
    }

    /**
     * A probe of new data has been sent.
     *
     * @param sndNxt SND.NXT after it
     */
    public void probedWithNewData(int sndNxt) {
        probing = true;
        probeWasRetransmission = false;
        probeEnd = sndNxt;
    }

    /**
     * A probe has been sent that was the last segment once more.
     *
     * @param sndNxt SND.NXT
     */
    public void probedAgain(int sndNxt) {
        probedWithNewData(sndNxt);
        probeWasRetransmission = true;
    }

    /** The probe no longer matters: recovery begins or the retransmission timer has expired. */
    public void forgetProbe() {
        probing = false;
    }

    /**
     * Looks whether an acknowledgment answers the probe (section 7.4.2).
     *
     * @param ack SEG.ACK
     * @param kind what else the acknowledgment says
     * @return true if the probe has repaired a loss that nobody saw, to which congestion control is to react
     */
    public boolean probeRepairedLoss(int ack, AckKind kind) {
        if (!probing || ack - probeEnd < 0) {
            return false;
        }
        if (!probeWasRetransmission || kind == AckKind.DSACK) {
            probing = false;
            return false;
        }
        boolean repaired = ack - probeEnd > 0;
        if (repaired || kind == AckKind.DUPLICATE) {
            probing = false;
        }
        return repaired;
    }

    /** Whether a connection is recovering from losses. */
    public enum Recovery {
        /** It is, by fast recovery or after a timeout. */
        ACTIVE,
        /** It is not. */
        NONE
    }

    /** What an acknowledgment says besides its number. */
    public enum AckKind {
        /** It carries a duplicate SACK. */
        DSACK,
        /** It is a duplicate without any SACK. */
        DUPLICATE,
        /** Neither. */
        OTHER
    }
}
