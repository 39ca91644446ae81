// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.ip.SendOptions;
import picorn.netstack.octets.Octets;

/** Makes the segments of a connection: control bits, options, data, and the window that is offered. */
final class Transmission {
    /** Expirations after which routers may cut up segments: those that say that they cannot may not be heard (RFC 2923). */
    private static final int BLACK_HOLE = 3;

    private static final SendOptions SEGMENT = SendOptions.DEFAULT.dontFragment();
    private static final SendOptions ECN_CAPABLE = SEGMENT.typeOfService(2);

    private final SegmentWriter writer;
    private final StackContext context;

    Transmission(SegmentWriter writer, StackContext context) {
        this.writer = writer;
        this.context = context;
    }

    /** Octets of data that a full segment carries beside its options. */
    static int payload(Connection c) {
        return Math.max(1, c.snd.mss - optionsLength(c));
    }

    private static int optionsLength(Connection c) {
        return (c.timestamps ? TcpOptions.TIMESTAMPS_SIZE : 0) + (c.sack ? SackBlocks.length(SackBlocks.count(c)) : 0);
    }

    /** Sends a segment with so much of the send buffer; false if there is no way or no memory. */
    boolean transmit(Connection c, int seq, int size, int flags) {
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
            Timestamps.write(c, writer.options(), c.rcv.tsRecent, context.now());
        }
        if (c.sack && !syn && SackBlocks.count(c) > 0) {
            SackBlocks.write(c, writer.options(), SackBlocks.count(c));
        }
        if (size > 0) {
            c.out.get(seq - c.snd.bufferStart(), out, writer.dataAt(), size);
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
}
