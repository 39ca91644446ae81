// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.control;

import picorn.netstack.context.MemoryBudget;

/**
 * The segments that have been sent and not cumulatively acknowledged, with what is known of each (RFC 2018, section 6; RFC 6675).
 * They follow each other without gaps from SND.UNA on; indices count from 0, the oldest.
 *
 * <pre>{@code
 * board.add(sndNxt + length, now);                   // new data was sent
 * board.acknowledged(segAck, now);                   // an ACK arrived: first the acknowledgment number,
 * board.sacked(left, right, now);                    // then each of its SACK blocks, ascending,
 * board.detectLoss(3, mss);                          // then RFC 6675's IsLost, or Rack.detect
 * int lost = board.nextLost();                       // what is to be sent again, while pipe() < cwnd
 * board.retransmitted(lost, board.start(lost) + length, now);
 * }</pre>
 */
public final class Scoreboard extends SentSegments {
    /** Octets that its arrays take at first, which whoever makes one has drawn. */
    public static final int LEAST_MEMORY = SentSegments.LEAST_MEMORY;

    /** No segment. */
    public static final int NONE = -1;

    private static final int SACKED = 1;
    private static final int LOST = 2;
    private static final int RETRANSMITTED = 4;
    /** Sent more than once at any time, which Karn's algorithm wants to know even when the second copy is lost too. */
    private static final int SENT_TWICE = 8;

    private final Deliveries deliveries;
    private int pipe;
    private int sackedOctets;
    private int sackedSegments;
    private int lostWaiting;
    private int underWayAgain;
    private int duplicates;
    private int duplicateOctets;
    private long measuredAt = Long.MIN_VALUE;

    /**
     * A scoreboard of a connection that has sent nothing.
     *
     * @param budget what its arrays beyond {@link #LEAST_MEMORY} are drawn from
     * @param largest segments that it may hold, 4 or more
     * @param deliveries learns of each segment that has arrived, or {@link Deliveries#IGNORED}
     */
    public Scoreboard(MemoryBudget budget, int largest, Deliveries deliveries) {
        super(budget, largest);
        this.deliveries = deliveries;
    }

    /**
     * Empties it for a connection whose next octet has this number.
     *
     * @param sndUna SND.UNA
     */
    public void reset(int sndUna) {
        clear(sndUna);
        pipe = 0;
        sackedOctets = 0;
        sackedSegments = 0;
        lostWaiting = 0;
        underWayAgain = 0;
        noDuplicates();
    }

    /**
     * New data has been sent.
     *
     * @param end the sequence number after it
     * @param now the time
     * @return false, and nothing changed, if there is no room
     */
    public boolean add(int end, long now) {
        int from = end(size() - 1);
        boolean added = append(end, now);
        pipe += added ? end - from : 0;
        return added;
    }

    /**
     * The acknowledgment number of a segment; a segment of which only the first part is acknowledged stays with the rest.
     *
     * @param ack SEG.ACK, not before SND.UNA and not beyond what was sent
     * @param now the time
     */
    public void acknowledged(int ack, long now) {
        measuredAt = Long.MIN_VALUE;
        while (size() > 0 && end(0) - ack <= 0) {
            deliver(0, now);
            remove();
        }
        if (ack - start(0) > 0) {
            if (size() > 0) {
                account(0, -1);
                startAt(ack);
                account(0, 1);
            }
            startAt(ack);
        }
    }

    private void remove() {
        account(0, -1);
        int length = end(0) - start(0);
        removeFirst();
        // Of the duplicates, one was for each segment that arrived after the first missing one (RFC 6582, section 3.2).
        if (size() == 0) {
            noDuplicates();
        } else if (duplicates > 0) {
            duplicates--;
            duplicateOctets = Math.max(0, duplicateOctets - length);
        }
    }

    private void deliver(int index, long now) {
        if (!has(index, SACKED)) {
            boolean twice = has(index, SENT_TWICE);
            if (!twice) {
                measuredAt = Math.max(measuredAt, sentAt(index));
            }
            deliveries.delivered(sentAt(index), end(index), twice, now);
        }
    }

    /**
     * A SACK block; segments that it covers wholly are marked. Blocks of one acknowledgment come in ascending order, so that RACK does
     * not take them for reordering. Those outside what is outstanding change nothing.
     *
     * @param left its left edge
     * @param right its right edge
     * @param now the time
     * @return octets newly marked
     */
    public int sacked(int left, int right, long now) {
        if (left - start(0) < 0 || right - left <= 0 || right - end(size() - 1) > 0) {
            return 0;
        }
        int before = sackedOctets;
        for (int i = firstFrom(left); i < size() && end(i) - right <= 0; i++) {
            if (!has(i, SACKED)) {
                deliver(i, now);
                account(i, -1);
                mark(i, marks(i) | SACKED);
                account(i, 1);
            }
        }
        return sackedOctets - before;
    }

    /**
     * A duplicate acknowledgment by a receiver that does not know SACK: one more segment has left the network, nobody knows which.
     *
     * @param mss octets of a full segment
     */
    public void duplicate(int mss) {
        if (duplicates < size() - 1) {
            duplicates++;
            duplicateOctets += mss;
        }
    }

    /**
     * Duplicate acknowledgments that have been counted.
     *
     * @return how many since the last one that was not
     */
    public int duplicates() {
        return duplicates;
    }

    /** Forgets the duplicate acknowledgments, when new data is acknowledged outside recovery and when recovery ends. */
    public void noDuplicates() {
        duplicates = 0;
        duplicateOctets = 0;
    }

    /**
     * Marks as lost what IsLost of RFC 6675 calls so: as many discontiguous blocks, or more than one less of full segments, have
     * been SACKed above it.
     *
     * @param dupThresh 3
     * @param mss octets of a full segment
     * @return true if something newly was
     */
    public boolean detectLoss(int dupThresh, int mss) {
        if (sackedSegments == 0) {
            return false;
        }
        int blocks = 0;
        int octets = 0;
        int i = size() - 1;
        for (; i >= 0 && blocks < dupThresh && octets <= (dupThresh - 1) * mss; i--) {
            if (has(i, SACKED)) {
                octets += end(i) - start(i);
                blocks += i == 0 || !has(i - 1, SACKED) ? 1 : 0;
            }
        }
        boolean found = false;
        for (; i >= 0; i--) {
            found |= markLost(i);
        }
        return found;
    }

    /**
     * Marks the oldest segment as lost: what duplicate acknowledgments without SACK, and partial ones, say (RFC 6582).
     *
     * @return true if it was not SACKed, and newly is lost
     */
    public boolean firstLost() {
        return size() > 0 && markLost(0);
    }

    /** A segment is lost unless it has arrived, is known to be lost, or has been sent again. */
    private boolean markLost(int index) {
        if (has(index, SACKED | LOST)) {
            return false;
        }
        account(index, -1);
        mark(index, marks(index) | LOST);
        account(index, 1);
        return true;
    }

    /**
     * Marks a segment as lost even if it has been sent again; that copy is lost too (RFC 8985, section 6.2, step 5).
     *
     * @param index of a segment that is not SACKed
     */
    void lostAgain(int index) {
        account(index, -1);
        mark(index, marks(index) & ~RETRANSMITTED | LOST);
        account(index, 1);
    }

    /**
     * The retransmission timer has expired: everything that is not SACKed is lost. If the oldest segment is SACKed although it
     * is not acknowledged, the receiver has dropped what it had (RFC 2018, section 8), and no SACK holds any longer.
     */
    public void timedOut() {
        boolean reneged = size() > 0 && has(0, SACKED);
        noDuplicates();
        for (int i = 0; i < size(); i++) {
            account(i, -1);
            int kept = marks(i) & (reneged ? SENT_TWICE : SENT_TWICE | SACKED);
            mark(i, (kept & SACKED) != 0 ? kept : kept | LOST);
            account(i, 1);
        }
    }

    /**
     * The oldest segment that is lost and has not been sent again (rule 1 of NextSeg).
     *
     * @return its index, or {@link #NONE}
     */
    public int nextLost() {
        if (lostWaiting == 0) {
            return NONE;
        }
        int i = 0;
        while (!isWaiting(i)) {
            i++;
        }
        return i;
    }

    /**
     * The oldest segment that is not SACKed and not sent again, but has SACKed ones above it (rule 3 of NextSeg).
     *
     * @return its index, or {@link #NONE}
     */
    public int nextHole() {
        int above = sackedSegments;
        for (int i = 0; i < size() && above > 0; i++) {
            if (has(i, SACKED)) {
                above--;
            } else if (!has(i, RETRANSMITTED)) {
                return i;
            }
        }
        return NONE;
    }

    /**
     * The newest segment that has not arrived (rule 4 of NextSeg, and the probe of RFC 8985, section 7.3).
     *
     * @return its index, or {@link #NONE}
     */
    public int last() {
        for (int i = size() - 1; i >= 0; i--) {
            if (!has(i, SACKED)) {
                return i;
            }
        }
        return NONE;
    }

    /**
     * A segment, or its first part, has been sent again.
     *
     * @param index which
     * @param upTo the sequence number after what was sent
     * @param now the time
     */
    public void retransmitted(int index, int upTo, long now) {
        if (upTo - end(index) < 0) {
            split(index, upTo);
        }
        account(index, -1);
        mark(index, marks(index) | RETRANSMITTED | SENT_TWICE);
        sentAt(index, now);
        account(index, 1);
    }

    /** Without room for one more the whole segment counts as sent again; its rest waits for the timer. */
    private void split(int index, int at) {
        if (!hasRoom()) {
            return;
        }
        account(index, -1);
        divide(index, at);
        account(index, 1);
        account(index + 1, 1);
    }

    private void account(int index, int sign) {
        int mark = marks(index);
        int length = sign * (end(index) - start(index));
        if ((mark & SACKED) != 0) {
            sackedOctets += length;
            sackedSegments += sign;
            return;
        }
        if ((mark & LOST) == 0) {
            pipe += length;
        }
        if ((mark & RETRANSMITTED) != 0) {
            pipe += length;
            underWayAgain += sign;
        } else if ((mark & LOST) != 0) {
            lostWaiting += sign;
        }
    }

    private boolean has(int index, int mark) {
        return (marks(index) & mark) != 0;
    }

    /**
     * An estimate of the octets under way (RFC 6675, section 4): neither SACKed nor lost, and those sent again. Duplicate
     * acknowledgments without SACK count as a segment each.
     *
     * @return octets
     */
    public int pipe() {
        return Math.max(0, pipe - duplicateOctets);
    }

    /**
     * Octets sent and not cumulatively acknowledged.
     *
     * @return 0 or more
     */
    public int flightSize() {
        return end(size() - 1) - start(0);
    }

    /**
     * Octets that are SACKed.
     *
     * @return 0 or more
     */
    public int sackedOctets() {
        return sackedOctets;
    }

    /**
     * Segments that are SACKed.
     *
     * @return 0 or more
     */
    public int sackedSegments() {
        return sackedSegments;
    }

    /**
     * Whether what is outstanding is as it was sent at first, in order: nothing SACKed, nothing sent again.
     *
     * @return true for a connection without trouble
     */
    public boolean isPlain() {
        return sackedSegments == 0 && underWayAgain == 0;
    }

    /**
     * Whether something is lost and waits to be sent again.
     *
     * @return true if {@link #nextLost} finds a segment
     */
    public boolean hasLost() {
        return lostWaiting > 0;
    }

    /**
     * Whether a segment is SACKed.
     *
     * @param index 0 to size - 1
     * @return true if it is
     */
    public boolean isSacked(int index) {
        return has(index, SACKED);
    }

    /**
     * Whether a segment is lost and has not been sent again.
     *
     * @param index 0 to size - 1
     * @return true if it waits
     */
    public boolean isWaiting(int index) {
        return (marks(index) & (SACKED | LOST | RETRANSMITTED)) == LOST;
    }

    /**
     * Whether a segment has been sent more than once.
     *
     * @param index 0 to size - 1
     * @return true if it has
     */
    public boolean isRetransmitted(int index) {
        return has(index, SENT_TWICE);
    }

    /**
     * The round-trip time that the acknowledgment in progress tells: of the newest segment that it is the first to acknowledge,
     * among those sent only once (Karn's algorithm, RFC 6298, section 3).
     *
     * @param now the time
     * @return nanoseconds, or {@link #NONE}
     */
    public long measuredRtt(long now) {
        return measuredAt == Long.MIN_VALUE ? NONE : now - measuredAt;
    }
}
