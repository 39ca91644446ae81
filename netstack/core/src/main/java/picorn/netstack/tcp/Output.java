// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.tcp.control.RttEstimator;

/** Sends what a connection may send: new data in segments worth sending (RFC 9293, section 3.8.6.2.1), and acknowledgments. */
final class Output {
    private static final long QUIET = 1_000_000_000L;
    private static final long DELAYED_ACK = 40_000_000L;

    private final StackContext context;
    private final Transmission transmission;
    private final TcpCounters counters;
    private final TimerQueue queue;

    Output(StackContext context, SegmentWriter writer, TcpCounters counters, TimerQueue queue) {
        this.context = context;
        this.counters = counters;
        this.queue = queue;
        transmission = new Transmission(writer, context);
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
        transmission.transmit(c, c.snd.iss, 0, flags);
        setRetransmission(c);
        queue.update(c);
    }

    /** Sends an acknowledgment now. */
    void acknowledge(Connection c) {
        transmission.transmit(c, c.snd.nxt, 0, TcpHeader.ACK);
    }

    /**
     * Sends what makes the peer answer: what its window has room for, or else an octet beyond it (RFC 9293, section 3.8.6.1),
     * which counts as sent only if the peer takes it.
     */
    void probe(Connection c) {
        int unsent = c.unsent();
        int size = Math.min(Math.min(unsent, Transmission.payload(c)), c.snd.una + c.snd.wnd - c.snd.nxt);
        if (size > 0) {
            transmitNew(c, size);
        } else {
            c.probed = true;
            transmission.transmit(
                    c, c.snd.nxt, Math.min(1, unsent), unsent > 0 ? TcpHeader.ACK : TcpHeader.ACK | TcpHeader.FIN);
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
        transmission.transmit(c, c.snd.una - 1, 0, TcpHeader.ACK);
    }

    /** Sends again what is lost, if the congestion window allows it. */
    private boolean sendAgain(Connection c) {
        Recovery recovery = c.recovery;
        if (!recovery.findLost()) {
            return false;
        }
        int start = recovery.lostFrom;
        int inWindow = Math.max(start == c.snd.una ? 1 : 0, c.snd.una + c.snd.wnd - start);
        int size = Math.min(recovery.lostTo - start, Math.min(Transmission.payload(c), inWindow));
        return size > 0 && size <= recovery.allowance() && transmitAgain(c, size);
    }

    /** Sends again so much of what the connection's recovery has found lost. */
    boolean transmitAgain(Connection c, int size) {
        int start = c.recovery.lostFrom;
        boolean fin = c.finSent && start + size == c.snd.nxt;
        int flags = TcpHeader.ACK | (fin ? TcpHeader.FIN : TcpHeader.PSH);
        if (!transmission.transmit(c, start, fin ? size - 1 : size, flags)) {
            return false;
        }
        counters.segmentsRetransmitted.count();
        c.recovery.sentAgain(start + size, context.now());
        return true;
    }

    private boolean sendNew(Connection c) {
        int unsent = c.unsent();
        if (unsent == 0 && (c.finSent || !c.finQueued)) {
            return false;
        }
        restartAfterIdle(c);
        int usable = Math.min(c.snd.una + c.snd.wnd - c.snd.nxt, c.recovery.allowance());
        int size = Math.min(unsent, Math.min(usable, Transmission.payload(c)));
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
        return size >= Transmission.payload(c)
                || size == unsent && (idle || c.noDelay || c.finQueued || c.out.room() == 0)
                || idle && size >= c.snd.maxWnd / 2;
    }

    /** Sends so much of what has never been sent. */
    boolean transmitNew(Connection c, int size) {
        SendSequence snd = c.snd;
        boolean all = size == c.unsent();
        boolean fin = c.finQueued && all;
        int flags = TcpHeader.ACK | (fin ? TcpHeader.FIN : 0) | (all && size > 0 ? TcpHeader.PSH : 0);
        if (!c.recovery.hasRoom() || !transmission.transmit(c, snd.nxt, size, flags)) {
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
