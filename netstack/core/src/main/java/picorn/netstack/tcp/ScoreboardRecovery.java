// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.Timed;
import picorn.netstack.tcp.control.CongestionControl;
import picorn.netstack.tcp.control.Scoreboard;

/** Recovery that keeps account of each segment, for peers that tell which have come (RFC 6675) and others (RFC 6582). */
final class ScoreboardRecovery extends Recovery {
    /** Octets of the object, and of the scoreboard. */
    static final int MEMORY = 88 + 88 + Scoreboard.LEAST_MEMORY;

    final Scoreboard board;
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
    /** The segment that {@link #findLost} has found. */
    private int found;

    ScoreboardRecovery(Connection c, CongestionControl congestion, LossDetection detection) {
        super(c, congestion);
        this.detection = detection;
        board = new Scoreboard(c.tcp.budget(), Math.max(16, c.config.sendBuffer() >> 7), detection.deliveries());
    }

    private enum Phase {
        OPEN,
        FAST,
        LOSS
    }

    @Override
    void begin(int iss, long now) {
        board.reset(iss);
        board.add(iss + 1, now);
    }

    @Override
    boolean isOpen() {
        return phase == Phase.OPEN;
    }

    boolean usesSack() {
        return c.sack;
    }

    long srtt() {
        return c.rtt.srtt();
    }

    @Override
    boolean hasRoom() {
        return board.hasRoom();
    }

    @Override
    long measuredRtt(long now) {
        return board.measuredRtt(now);
    }

    @Override
    long oldest(long now) {
        return board.size() == 0 ? 0 : now - board.sentAt(0);
    }

    @Override
    int allowance() {
        int cwnd = phase == Phase.FAST ? window : congestion.cwnd();
        return Math.max(cwnd - board.pipe(), forced || board.pipe() == 0 ? mss() : 0);
    }

    @Override
    void sent(int end, int octets, long now) {
        board.add(end, now);
        if (phase == Phase.FAST) {
            detection.sent(octets);
        } else if (board.duplicates() > 0 || board.sackedSegments() > 0) {
            limited += octets;
        }
        lookAt = Math.min(lookAt, detection.probeAt(this, now));
    }

    @Override
    boolean findLost() {
        int lost = board.nextLost();
        found = lost == Scoreboard.NONE && phase == Phase.FAST ? detection.nextHole(board) : lost;
        return found != Scoreboard.NONE && aim();
    }

    private boolean aim() {
        lostFrom = board.start(found);
        lostTo = board.end(found);
        return true;
    }

    @Override
    void sentAgain(int upTo, long now) {
        detection.sent(upTo - lostFrom);
        forced = false;
        retransmissions++;
        board.retransmitted(found, upTo, now);
    }

    @Override
    void acknowledged(Segment s, long now) {
        int flight = c.snd.flight();
        int acked = s.ack - c.snd.una;
        int sackedBefore = board.sackedOctets();
        detection.onAck(s.ack);
        board.acknowledged(s.ack, now);
        sacked(s, now);
        if (!c.sack && isDuplicate(s)) {
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

    private void sacked(Segment s, long now) {
        int[] blocks = s.options.blocks;
        int count = c.sack ? SackBlocks.parse(s.options.sack, blocks) : 0;
        duplicateSack = count > 0 && isDuplicateSack(blocks, count, s.ack);
        if (duplicateSack) {
            detection.onDuplicate(c.snd.nxt);
        }
        SackBlocks.sort(blocks, count);
        for (int i = 0; i < count; i++) {
            board.sacked(blocks[2 * i], blocks[2 * i + 1], now);
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
            enter(ack, flight);
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

    private void enter(int ack, int flight) {
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

    @Override
    void look(Output output, long now) {
        boolean probe = isOpen() && !board.hasLost() && board.sackedSegments() == 0;
        lookAt = detection.detect(this, now);
        if (isOpen() && board.hasLost()) {
            enter(c.snd.una, c.snd.flight());
            window = detection.window(this, 0);
        }
        if (probe && detection.mayProbe()) {
            probeTail(output);
        }
    }

    /** Sends something of the tail to learn what became of the rest (RFC 8985, section 7.3). */
    private void probeTail(Output output) {
        int before = c.snd.nxt;
        int size = Math.min(Math.min(c.unsent(), mss()), c.snd.una + c.snd.wnd - before);
        found = board.last();
        if (size > 0 && board.hasRoom()) {
            output.transmitNew(c, size);
        } else if (found != Scoreboard.NONE && aim()) {
            output.transmitAgain(c, Math.min(mss(), lostTo - lostFrom));
        }
        detection.probed(before, c.snd.nxt);
        c.retransmitAt = Timed.NEVER;
    }

    @Override
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

    @Override
    void resized() {
        congestion.resize(mss());
        board.timedOut();
        phase = Phase.LOSS;
        recover = c.snd.nxt;
    }

    @Override
    void rest() {
        board.shrink();
    }

    @Override
    void close() {
        lookAt = Timed.NEVER;
        board.close();
    }
}
