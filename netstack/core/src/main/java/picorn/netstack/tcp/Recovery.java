// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.Timed;
import picorn.netstack.tcp.control.CongestionControl;
import picorn.netstack.tcp.control.Scoreboard;

/** What a connection has under way, how much that may be, and what of it is to be sent again (RFC 5681, RFC 6582, RFC 6675). */
final class Recovery {
    /** Octets of the object, and of the scoreboard without its arrays. */
    static final int MEMORY = 64 + 88;

    final Connection c;
    final Scoreboard board;
    final CongestionControl congestion;
    final LossDetection detection;
    private Phase phase = Phase.OPEN;
    /** SND.NXT when recovery began: it ends when that is acknowledged. */
    private int recover;

    private int window;
    /** Octets sent beyond the window on the first duplicates (RFC 3042). */
    private int limited;
    /** Whether the first segment is to go out whatever the window says. */
    private boolean forced;
    /** Whether the last acknowledgment told of something that arrived twice. */
    boolean duplicateSack;
    /** When to look for losses again, or to probe the tail. */
    long lookAt = Timed.NEVER;

    int retransmissions;

    Recovery(Connection c, CongestionControl congestion, LossDetection detection) {
        this.c = c;
        this.congestion = congestion;
        this.detection = detection;
        board = new Scoreboard(c.tcp.budget(), Math.max(16, c.config.sendBuffer() >> 7), detection.deliveries());
    }

    private enum Phase {
        OPEN,
        FAST,
        LOSS
    }

    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    boolean usesSack() {
        return c.sack;
    }

    int mss() {
        return Transmission.payload(c);
    }

    int flight() {
        return c.snd.flight();
    }

    long srtt() {
        return c.rtt.srtt();
    }

    /** How long ago the oldest segment was last sent. */
    long oldest(long now) {
        return board.size() == 0 ? 0 : now - board.sentAt(0);
    }

    /** The connection is there. */
    void established() {
        if (c.retries > 0) {
            congestion.startAfterLoss(mss());
            c.rtt.onLostSyn();
        } else {
            congestion.start(mss());
        }
    }

    /** Octets that may be sent now. */
    int allowance() {
        int cwnd = phase == Phase.FAST ? window : congestion.cwnd();
        return Math.max(cwnd - board.pipe(), forced || board.pipe() == 0 ? mss() : 0);
    }

    /** New data, SYN or FIN has been sent. */
    void sent(int end, int octets, long now) {
        board.add(end, now);
        if (phase == Phase.FAST) {
            detection.sent(octets);
        } else if (board.duplicates() > 0 || board.sackedSegments() > 0) {
            limited += octets;
        }
        lookAt = Math.min(lookAt, detection.probeAt(this, now));
    }

    /** The segment that is to be sent again, or {@link Scoreboard#NONE}. */
    int next() {
        int lost = board.nextLost();
        return lost == Scoreboard.NONE && phase == Phase.FAST ? detection.nextHole(board) : lost;
    }

    void sentAgain(int index, int upTo, long now) {
        detection.sent(upTo - board.start(index));
        forced = false;
        retransmissions++;
        board.retransmitted(index, upTo, now);
    }

    /** An acknowledgment that moves SND.UNA, or repeats it; SND.UNA is still the old one. */
    void acknowledged(Segment s, long now) {
        int flight = c.snd.flight();
        int acked = s.ack - c.snd.una;
        int sackedBefore = board.sackedOctets();
        detection.onAck(s.ack);
        board.acknowledged(s.ack, now);
        sacked(s, now);
        if (acked == 0 && isDuplicate(s)) {
            board.duplicate(mss());
        }
        detection.answered(this, s.ack, acked);
        lookAt = detection.detect(this, now);
        int delivered = acked + board.sackedOctets() - sackedBefore;
        proceed(s.ack, acked, flight, now);
        if (phase == Phase.FAST) {
            window = detection.window(this, delivered);
        }
        lookAt = Math.min(lookAt, board.size() == 0 ? Timed.NEVER : detection.probeAt(this, now));
    }

    /** The definition of RFC 5681, section 2, for peers that do not tell more. */
    private boolean isDuplicate(Segment s) {
        return !c.sack && s.length() == 0 && c.snd.flight() > 0 && s.wnd << c.snd.scale == c.snd.wnd;
    }

    private void sacked(Segment s, long now) {
        int[] blocks = s.options.blocks;
        int count = c.sack ? s.options.blockCount : 0;
        duplicateSack = count > 0 && isDuplicateSack(blocks, count, s.ack);
        if (duplicateSack) {
            detection.onDuplicate(c.snd.nxt);
        }
        for (int done = 0; done < count; done++) {
            int least = done;
            for (int i = done + 1; i < count; i++) {
                least = Sequence.isBefore(blocks[2 * i], blocks[2 * least]) ? i : least;
            }
            int left = blocks[2 * least];
            int right = blocks[2 * least + 1];
            blocks[2 * least] = blocks[2 * done];
            blocks[2 * least + 1] = blocks[2 * done + 1];
            board.sacked(left, right, now);
        }
    }

    /** RFC 2883, section 4: a first block that is acknowledged, or lies within the second. */
    private static boolean isDuplicateSack(int[] blocks, int count, int ack) {
        return Sequence.isBefore(blocks[0], ack)
                || count > 1 && Sequence.isAtMost(blocks[2], blocks[0]) && Sequence.isAtMost(blocks[1], blocks[3]);
    }

    private void proceed(int ack, int acked, int flight, long now) {
        boolean covered = phase != Phase.OPEN && Sequence.isAtMost(recover, ack);
        if (covered) {
            end(flight - acked);
        }
        if (phase == Phase.OPEN && board.hasLost()) {
            begin(ack, flight);
        } else if (phase == Phase.FAST) {
            if (acked > 0 && !c.sack) {
                board.firstLost();
            }
        } else if (acked > 0 && !covered) {
            limited = 0;
            board.noDuplicates();
            congestion.onAck(acked, flight, c.rtt.srtt(), now);
        }
    }

    private void begin(int ack, int flight) {
        phase = Phase.FAST;
        recover = c.snd.nxt;
        forced = true;
        int size = Math.max(1, flight - limited);
        limited = 0;
        congestion.onLoss(size);
        detection.begins(size);
    }

    private void end(int flight) {
        if (phase == Phase.FAST) {
            congestion.onRecovered(flight);
            detection.ended();
        }
        forced = false;
        limited = 0;
        phase = Phase.OPEN;
        board.noDuplicates();
    }

    /** Looks for losses again; true if the tail is to be probed instead. */
    boolean look(long now) {
        boolean probe = isOpen() && !board.hasLost() && board.sackedSegments() == 0;
        lookAt = detection.detect(this, now);
        if (isOpen() && board.hasLost()) {
            begin(c.snd.una, c.snd.flight());
            window = detection.window(this, 0);
        }
        return probe && detection.mayProbe();
    }

    /** The retransmission timer has expired for the first time, or once more. */
    void timedOut() {
        if (c.retries > 1) {
            congestion.onRepeatedTimeout();
        } else {
            congestion.onTimeout(Math.max(1, c.snd.flight() - limited));
        }
        board.timedOut();
        detection.begins(c.snd.flight());
        limited = 0;
        forced = false;
        phase = Phase.LOSS;
        recover = c.snd.nxt;
        lookAt = Timed.NEVER;
    }

    /** Segments have become smaller: what is under way was too large, and is lost without congestion. */
    void resized() {
        congestion.resize(mss());
        board.timedOut();
        phase = Phase.LOSS;
        recover = c.snd.nxt;
    }

    void close() {
        lookAt = Timed.NEVER;
        board.close();
    }
}
