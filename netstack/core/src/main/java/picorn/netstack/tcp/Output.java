// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.ip.SendOptions;
import picorn.netstack.octets.Octets;
import picorn.netstack.tcp.control.RttEstimator;
import picorn.netstack.tcp.control.Scoreboard;

/** Sends what a connection may send: new data in segments worth sending (RFC 9293, section 3.8.6.2.1), and acknowledgments. */
final class Output {
    private static final long QUIET = 1_000_000_000L;
    private static final long DELAYED_ACK = 40_000_000L;

    /** Expirations after which routers may cut up segments: those that say that they cannot may not be heard (RFC 2923). */
    private static final int BLACK_HOLE = 3;

    private static final SendOptions SEGMENT = SendOptions.DEFAULT.dontFragment();
    private static final SendOptions ECN_CAPABLE = SEGMENT.typeOfService(2);

    private final StackContext context;
    private final SegmentWriter writer;
    private final TcpCounter.Counters counters;
    private final TimerQueue queue;
    private final TimestampClock clock;

    Output(StackContext context, SegmentWriter writer, TcpCounter.Counters counters, TimerQueue queue) {
        this.context = context;
        this.writer = writer;
        this.counters = counters;
        this.queue = queue;
        clock = new TimestampClock(context);
    }

    /** Sends all that may be sent, an acknowledgment if one is due, and sets the timers. */
    void run(Connection c) {
        if (c.state.mayTransmit()) {
            while (sendAgain(c) || sendNew(c)) {
                c.persisting = false;
            }
        }
        if (c.ackNow) {
            acknowledge(c);
        } else if (c.rcv.unacknowledged > 0 && c.ackAt == Timed.NEVER) {
            c.ackAt = context.now() + DELAYED_ACK;
        }
        setRetransmission(c);
        boolean quiet = c.busy && c.snd.flight() == 0 && c.in.length() == 0;
        c.quietAt = quiet ? context.now() + QUIET : Timed.NEVER;
        queue.update(c);
    }

    /** Sends the SYN, or the SYN-ACK, of a connection. */
    void sendSyn(Connection c) {
        int flags = c.state == TcpState.SYN_SENT ? TcpHeader.SYN : TcpHeader.SYN | TcpHeader.ACK;
        flags |= c.ecn ? Ecn.synFlags(c) : 0;
        transmit(c, c.snd.iss, 0, flags);
        setRetransmission(c);
        queue.update(c);
    }

    /** Sends an acknowledgment now. */
    void acknowledge(Connection c) {
        transmit(c, c.snd.nxt, 0, TcpHeader.ACK);
    }

    /**
     * Sends what makes the peer answer: what its window has room for, or else an octet beyond it (RFC 9293, section 3.8.6.1),
     * which counts as sent only if the peer takes it.
     */
    void probe(Connection c) {
        int unsent = c.unsent();
        int size = Math.min(Math.min(unsent, payload(c)), c.snd.una + c.snd.wnd - c.snd.nxt);
        if (size > 0) {
            transmitNew(c, size);
        } else {
            c.probed = true;
            transmit(c, c.snd.nxt, Math.min(1, unsent), unsent > 0 ? TcpHeader.ACK : TcpHeader.ACK | TcpHeader.FIN);
        }
    }

    /** The peer has taken the octet, or the FIN, of a probe. */
    void probeTaken(Connection c) {
        c.probed = false;
        c.finSent = c.unsent() == 0;
        c.snd.nxt++;
        c.recovery.sent(c.snd.nxt, 1, context.now());
    }

    /** Sends an old sequence number, which the peer answers (RFC 9293, section 3.8.4). */
    void keepAlive(Connection c) {
        transmit(c, c.snd.una - 1, 0, TcpHeader.ACK);
    }

    /** Sends again what is lost, if the congestion window allows it. */
    private boolean sendAgain(Connection c) {
        int index = c.recovery.next();
        if (index == Scoreboard.NONE) {
            return false;
        }
        Scoreboard board = c.recovery.board;
        int start = board.start(index);
        int inWindow = Math.max(start == c.snd.una ? 1 : 0, c.snd.una + c.snd.wnd - start);
        int size = Math.min(board.end(index) - start, Math.min(payload(c), inWindow));
        return size > 0 && size <= c.recovery.allowance() && transmitAgain(c, index, start, size);
    }

    private boolean transmitAgain(Connection c, int index, int start, int size) {
        boolean fin = c.finSent && start + size == c.snd.nxt;
        int flags = TcpHeader.ACK | (fin ? TcpHeader.FIN : TcpHeader.PSH);
        if (!transmit(c, start, fin ? size - 1 : size, flags)) {
            return false;
        }
        counters.count(TcpCounter.SEGMENTS_RETRANSMITTED);
        c.recovery.sentAgain(index, start + size, context.now());
        return true;
    }

    /** Sends something of the tail to learn what became of the rest (RFC 8985, section 7.3). */
    void probeTail(Connection c) {
        int before = c.snd.nxt;
        int size = Math.min(Math.min(c.unsent(), payload(c)), c.snd.una + c.snd.wnd - before);
        int last = c.recovery.board.last();
        if (size > 0 && c.recovery.board.hasRoom()) {
            transmitNew(c, size);
        } else if (last != Scoreboard.NONE) {
            int start = c.recovery.board.start(last);
            transmitAgain(c, last, start, Math.min(payload(c), c.recovery.board.end(last) - start));
        }
        c.recovery.detection.probed(before, c.snd.nxt);
        c.retransmitAt = Timed.NEVER;
    }

    private boolean sendNew(Connection c) {
        int unsent = c.unsent();
        if (unsent == 0 && (c.finSent || !c.finQueued)) {
            return false;
        }
        restartAfterIdle(c);
        int usable = Math.min(c.snd.una + c.snd.wnd - c.snd.nxt, c.recovery.allowance());
        int size = Math.min(unsent, Math.min(usable, payload(c)));
        boolean last = size == unsent && c.finQueued && usable > size;
        if (size < 0 || size == 0 && !last || !last && !isWorthSending(c, size, unsent)) {
            return false;
        }
        return transmitNew(c, size);
    }

    /** RFC 5681, section 4.1. */
    private void restartAfterIdle(Connection c) {
        if (c.snd.flight() == 0 && context.now() - c.sentAt > c.rtt.rto()) {
            c.recovery.congestion.onIdle();
        }
    }

    /**
     * Nagle's algorithm and the sender's part of silly window avoidance (RFC 9293, section 3.8.6.2.1). A tail to which the
     * user cannot add, since the buffer is full, has nothing to wait for.
     */
    private static boolean isWorthSending(Connection c, int size, int unsent) {
        boolean idle = c.snd.flight() == 0;
        return size >= payload(c)
                || size == unsent && (idle || c.noDelay || c.finQueued || c.out.room() == 0)
                || idle && size >= c.snd.maxWnd / 2;
    }

    private boolean transmitNew(Connection c, int size) {
        SendSequence snd = c.snd;
        boolean all = size == c.unsent();
        boolean fin = c.finQueued && all;
        int flags = TcpHeader.ACK | (fin ? TcpHeader.FIN : 0) | (all && size > 0 ? TcpHeader.PSH : 0);
        if (!c.recovery.board.hasRoom() || !transmit(c, snd.nxt, size, flags)) {
            return false;
        }
        if (snd.flight() == 0) {
            c.progressAt = context.now();
        }
        c.finSent = fin;
        snd.nxt += fin ? size + 1 : size;
        c.recovery.sent(snd.nxt, size, context.now());
        c.sentAt = context.now();
        c.busy = true;
        return true;
    }

    /** Octets of data that a full segment carries beside its options. */
    static int payload(Connection c) {
        return Math.max(1, c.snd.mss - optionsLength(c));
    }

    private static int optionsLength(Connection c) {
        return (c.timestamps ? TcpOptions.TIMESTAMPS_SIZE : 0) + blocksLength(blocks(c));
    }

    private static int blocksLength(int blocks) {
        return blocks == 0 ? 0 : 4 + TcpOptions.BLOCK_SIZE * blocks;
    }

    private static int blocks(Connection c) {
        return c.sack ? Math.min(c.reassembly.count() + c.rcv.duplicates(), c.timestamps ? 3 : 4) : 0;
    }

    /** First what came twice (RFC 2883), then what came out of order. */
    private void writeBlocks(Connection c, int count) {
        int duplicates = c.rcv.duplicates();
        writer.options().beginBlocks(count);
        if (duplicates > 0) {
            writer.options().putBlock(c.rcv.duplicateFrom, c.rcv.duplicateTo);
            c.rcv.duplicateTo = c.rcv.duplicateFrom;
        }
        int[] edges = c.reassembly.edges();
        for (int i = 0; i < count - duplicates; i++) {
            writer.options().putBlock(edges[2 * i], edges[2 * i + 1]);
        }
    }

    private boolean transmit(Connection c, int seq, int size, int flags) {
        boolean syn = (flags & TcpHeader.SYN) != 0;
        int length = syn ? synOptionsLength(c) : optionsLength(c);
        Octets out = writer.start(c, length, size);
        if (out.length() == 0) {
            return false;
        }
        if (syn) {
            writeSynOptions(c);
        }
        if (c.timestamps) {
            writer.options().putTimestamps(clock.now(c), c.rcv.tsRecent);
        }
        if (!syn && blocks(c) > 0) {
            writeBlocks(c, blocks(c));
        }
        if (size > 0) {
            c.out.get(seq - c.snd.bufferStart(), out.array(), writer.dataOffset(), size);
        }
        finish(c, seq, flags, size);
        return true;
    }

    private void finish(Connection c, int seq, int controls, int size) {
        boolean syn = (controls & TcpHeader.SYN) != 0;
        boolean fresh = size > 0 && seq == c.snd.nxt && !c.persisting;
        int flags = controls;
        boolean ack = (flags & TcpHeader.ACK) != 0;
        if (ack) {
            c.rcv.lastAck = c.rcv.nxt;
            c.rcv.unacknowledged = 0;
            c.ackAt = Timed.NEVER;
            c.ackNow = false;
        }
        if (c.ecn && !syn) {
            flags |= Ecn.flags(c, fresh);
        }
        int urgent = c.urgent ? urgent(c, seq) : 0;
        flags |= urgent > 0 ? TcpHeader.URG : 0;
        writer.options(c.retries > BLACK_HOLE ? SendOptions.DEFAULT : c.ecn && fresh ? ECN_CAPABLE : SEGMENT);
        int window = offer(c) >>> (syn ? 0 : c.rcv.scale);
        writer.finish(c, seq, ack ? c.rcv.nxt : 0, flags, Math.min(window, 0xFFFF), urgent);
    }

    /** The urgent pointer of a segment, 0 if there is no urgent data from there on (RFC 6093, section 3.1). */
    private static int urgent(Connection c, int seq) {
        c.urgent = Sequence.isBefore(c.snd.una, c.snd.up);
        return Math.max(0, Math.min(c.snd.up - seq, 0xFFFF));
    }

    private int synOptionsLength(Connection c) {
        return 4 + (c.timestamps ? TcpOptions.TIMESTAMPS_SIZE : 0) + (c.sack ? 4 : 0) + (offersScale(c) ? 4 : 0);
    }

    private static boolean offersScale(Connection c) {
        return c.config.has(TcpFeature.WINDOW_SCALING) && c.snd.scale != TcpOptions.NO_SCALE;
    }

    private void writeSynOptions(Connection c) {
        writer.options().putMss(writer.mss(c));
        if (c.sack) {
            writer.options().putSackPermitted();
        }
        if (offersScale(c)) {
            writer.options().putScale(c.rcv.scale);
        }
    }

    /** The receive window to be offered: it grows only by steps that are worth it (RFC 9293, section 3.8.6.2.2). */
    private static int offer(Connection c) {
        ReceiveSequence rcv = c.rcv;
        int room = Math.min(c.in.room(), 0xFFFF << rcv.scale);
        if (room - rcv.wnd() >= Math.min(c.in.capacity / 2, payload(c))) {
            rcv.edge = rcv.nxt + room;
        }
        return rcv.wnd();
    }

    /** Whether the window can be opened by so much that the peer is to know at once. */
    static boolean isWindowUpdateDue(Connection c) {
        int gain = Math.min(c.in.room(), 0xFFFF << c.rcv.scale) - c.rcv.wnd();
        int step = Math.min(c.in.capacity / 2, payload(c));
        return gain >= (c.rcv.wnd() < step ? step : 2 * step);
    }

    /** Window probes are ever further apart, up to a minute, but do not change the retransmission timeout. */
    private static long persistInterval(Connection c) {
        return Math.min(c.rtt.rto() << Math.min(c.retries, 8), RttEstimator.GREATEST_RTO);
    }

    private void setRetransmission(Connection c) {
        boolean waiting = c.snd.flight() > 0;
        boolean blocked = c.state.mayTransmit() && (c.unsent() > 0 || c.finQueued && !c.finSent);
        if (!waiting && !blocked) {
            c.retransmitAt = Timed.NEVER;
        } else if (c.retransmitAt == Timed.NEVER) {
            c.persisting = !waiting;
            c.retransmitAt = context.now() + (waiting ? c.rtt.rto() : persistInterval(c));
        }
    }
}
