// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.octets.Octets;

/** Sends what a connection may send: new data in segments worth sending (RFC 9293, section 3.8.6.2.1), and acknowledgments. */
final class Output {
    private static final long DELAYED_ACK = 100_000_000L;

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
        queue.update(c);
    }

    /** Sends the SYN, or the SYN-ACK, of a connection. */
    void sendSyn(Connection c) {
        int flags = c.state == TcpState.SYN_SENT ? TcpHeader.SYN : TcpHeader.SYN | TcpHeader.ACK;
        transmit(c, c.snd.iss, 0, flags);
        setRetransmission(c);
        queue.update(c);
    }

    /** Sends an acknowledgment now. */
    void acknowledge(Connection c) {
        transmit(c, c.snd.nxt, 0, TcpHeader.ACK);
    }

    /** Sends the least that makes the peer answer: an octet of data if there is one (RFC 9293, section 3.8.6.1). */
    void probe(Connection c) {
        if (c.snd.flight() == 0 && c.unsent() > 0) {
            transmitNew(c, Math.max(1, Math.min(c.unsent(), Math.min(c.snd.wnd, payload(c)))));
        } else if (c.snd.flight() == 0 && c.finQueued && !c.finSent) {
            transmitNew(c, 0);
        } else {
            transmit(c, c.snd.una - 1, 0, TcpHeader.ACK);
        }
    }

    /** Sends once more what may be lost. */
    private boolean sendAgain(Connection c) {
        SendSequence snd = c.snd;
        int outstanding = snd.nxt - snd.resend;
        if (outstanding <= 0) {
            return false;
        }
        int data = c.finSent ? outstanding - 1 : outstanding;
        int size = Math.min(data, payload(c));
        int flags = c.finSent && size == data ? TcpHeader.ACK | TcpHeader.FIN : TcpHeader.ACK;
        if (!transmit(c, snd.resend, size, flags)) {
            return false;
        }
        counters.count(TcpCounter.SEGMENTS_RETRANSMITTED);
        snd.resend += size + (flags & TcpHeader.FIN);
        return true;
    }

    private boolean sendNew(Connection c) {
        int unsent = c.unsent();
        int usable = c.snd.una + c.snd.wnd - c.snd.nxt;
        int size = Math.min(unsent, Math.min(usable, payload(c)));
        boolean last = size == unsent && c.finQueued && !c.finSent && usable > size;
        if (size < 0 || size == 0 && !last || !last && !isWorthSending(c, size, unsent)) {
            return false;
        }
        return transmitNew(c, size);
    }

    /** Nagle's algorithm and the sender's part of silly window avoidance (RFC 9293, section 3.8.6.2.1). */
    private static boolean isWorthSending(Connection c, int size, int unsent) {
        boolean idle = c.snd.flight() == 0;
        return size >= payload(c)
                || size == unsent && (idle || c.noDelay || c.finQueued)
                || idle && size >= c.snd.maxWnd / 2;
    }

    private boolean transmitNew(Connection c, int size) {
        boolean fin = c.finQueued && size == c.unsent();
        int flags = fin ? TcpHeader.ACK | TcpHeader.FIN : TcpHeader.ACK;
        flags |= size > 0 && size == c.unsent() ? TcpHeader.PSH : 0;
        if (!transmit(c, c.snd.nxt, size, flags)) {
            return false;
        }
        if (c.snd.flight() == 0) {
            c.progressAt = context.now();
        }
        c.finSent |= fin;
        c.snd.nxt += size + (flags & TcpHeader.FIN);
        c.snd.resend = c.snd.nxt;
        c.sentAt = context.now();
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
        return c.sack ? Math.min(c.reassembly.count(), c.timestamps ? 3 : 4) : 0;
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
            writer.options().putBlocks(c.reassembly.edges(), blocks(c));
        }
        if (size > 0) {
            c.out.copy(seq - c.snd.bufferStart(), out.array(), writer.dataOffset(), size);
        }
        finish(c, seq, flags, syn ? 0 : c.rcv.scale);
        return true;
    }

    private void finish(Connection c, int seq, int flags, int scale) {
        boolean ack = (flags & TcpHeader.ACK) != 0;
        if (ack) {
            c.rcv.lastAck = c.rcv.nxt;
            c.rcv.unacknowledged = 0;
            c.ackAt = Timed.NEVER;
            c.ackNow = false;
        }
        int window = offer(c) >>> scale;
        writer.finish(c, seq, ack ? c.rcv.nxt : 0, flags, Math.min(window, 0xFFFF), 0);
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
        if (room - rcv.wnd() >= Math.min(c.in.capacity() / 2, c.snd.mss)) {
            rcv.edge = rcv.nxt + room;
        }
        return rcv.wnd();
    }

    /** Whether the window can be opened by so much that the peer is to know at once. */
    static boolean isWindowUpdateDue(Connection c) {
        int gain = Math.min(c.in.room(), 0xFFFF << c.rcv.scale) - c.rcv.wnd();
        int step = Math.min(c.in.capacity() / 2, c.snd.mss);
        return gain >= (c.rcv.wnd() < c.snd.mss ? step : 2 * step);
    }

    private void setRetransmission(Connection c) {
        boolean waiting = c.snd.flight() > 0;
        boolean blocked = c.state.mayTransmit() && (c.unsent() > 0 || c.finQueued && !c.finSent);
        if (!waiting && !blocked) {
            c.retransmitAt = Timed.NEVER;
        } else if (c.retransmitAt == Timed.NEVER) {
            c.retransmitAt = context.now() + c.rtt.rto();
            c.persisting = !waiting;
        }
    }
}
