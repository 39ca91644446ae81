// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.DropCounters;
import picorn.netstack.context.StackContext;

/** What happens when a segment arrives (RFC 9293, section 3.10.7), state by state and check by check. */
final class SegmentArrives {
    private final Tcp tcp;
    private final StackContext context;
    private final DropCounters drops;
    private final Output output;
    private final TcpCounters counters;
    private final AckArrives ackArrives;
    private final TextArrives textArrives;
    private final Challenges challenges;

    SegmentArrives(Tcp tcp, StackContext context, Output output) {
        this.tcp = tcp;
        this.context = context;
        this.output = output;
        drops = context.drops();
        counters = tcp.counters();
        ackArrives = new AckArrives(tcp, context);
        textArrives = new TextArrives(tcp, context);
        challenges = new Challenges(context, output, counters);
    }

    void arrives(Connection c, Segment s) {
        if (c.state == TcpState.SYN_SENT) {
            synSent(c, s);
        } else {
            otherwise(c, s);
        }
        if (c.state != TcpState.CLOSED && !c.changed) {
            output.run(c);
        }
    }

    /** Section 3.10.7.3. */
    private void synSent(Connection c, Segment s) {
        boolean ack = s.has(TcpHeader.ACK);
        if (ack && (Sequence.isAtMost(s.ack, c.snd.iss) || Sequence.isBefore(c.snd.nxt, s.ack))) {
            drops.count(TcpDrop.BAD_ACKNOWLEDGMENT);
            tcp.reset(s);
        } else if (s.has(TcpHeader.RST)) {
            if (ack) {
                counters.resetsReceived.count();
                c.fail(TcpFailure.REFUSED);
            }
        } else if (s.has(TcpHeader.SYN)) {
            synchronize(c, s);
            if (ack) {
                ackArrives.establishes(c, s);
                c.ackNow = true;
                textAndFin(c, s);
            } else {
                // Text and FIN wait for ESTABLISHED; the peer sends them again.
                c.state = TcpState.SYN_RECEIVED;
                output.sendSyn(c);
            }
        }
    }

    /** Takes what a peer's SYN says; the SYN is taken off the segment. */
    void synchronize(Connection c, Segment s) {
        if (c.ecn) {
            c.ecn = Ecn.isAgreed(s);
        }
        synchronize(c, s.seq, s.options);
        c.snd.window(s, 0);
        s.trimFront(1);
    }

    /** Takes the initial sequence number and the options of a peer's SYN. */
    void synchronize(Connection c, int irs, TcpOptions options) {
        c.rcv.irs = irs;
        c.rcv.nxt = irs + 1;
        c.rcv.up = c.rcv.nxt;
        c.rcv.edge = c.rcv.nxt;
        c.rcv.lastAck = c.rcv.nxt;
        c.heardAt = context.now();
        c.snd.mss = Math.min(options.mss, tcp.mss(c));
        c.sack &= options.sackPermitted;
        c.timestamps &= options.timestamps;
        c.snd.scale = options.scale;
        if (options.scale == TcpOptions.NO_SCALE || !c.config.has(TcpFeature.WINDOW_SCALING)) {
            c.snd.scale = TcpOptions.NO_SCALE;
            c.rcv.scale = 0;
        }
        if (c.timestamps) {
            Timestamps.take(c, options, context.now());
        }
        c.rcv.edge = c.rcv.nxt + Math.min(c.in.room(), 0xFFFF);
    }

    /** Section 3.10.7.4. */
    private void otherwise(Connection c, Segment s) {
        if (!isAcceptable(c, s) || !checkReset(c, s) || !checkSyn(c, s) || !checkAck(c, s)) {
            return;
        }
        c.heardAt = context.now();
        c.probes = 0;
        trim(c, s);
        if (c.ecn) {
            Ecn.received(c, s);
        }
        textAndFin(c, s);
    }

    void textAndFin(Connection c, Segment s) {
        if (c.state.mayReceive()) {
            textArrives.urgent(c, s);
            textArrives.text(c, s);
        }
        textArrives.fin(c, s);
    }

    /** First: the sequence number, and the timestamp (RFC 7323, section 5.3). */
    private boolean isAcceptable(Connection c, Segment s) {
        if (c.timestamps && !s.has(TcpHeader.RST) && Timestamps.isOld(c, s, context.now())) {
            drops.count(TcpDrop.OLD_TIMESTAMP);
            return false;
        }
        if (!c.rcv.accepts(s)) {
            return notAcceptable(c, s);
        }
        if (c.timestamps) {
            Timestamps.take(c, s, context.now());
        }
        return true;
    }

    /** Acknowledgments and resets count although the window is closed; everything else out of it is answered by an ACK. */
    private boolean notAcceptable(Connection c, Segment s) {
        if (c.rcv.wnd() == 0 && s.seq == c.rcv.nxt) {
            c.ackNow = true;
            s.trimTo(0);
            s.flags &= ~(TcpHeader.FIN | TcpHeader.SYN);
            return true;
        }
        boolean synAgain =
                c.state == TcpState.SYN_RECEIVED && s.has(TcpHeader.SYN) && !s.has(TcpHeader.RST) && s.seq == c.rcv.irs;
        if (synAgain && c.listener == null && s.has(TcpHeader.ACK) && s.ack == c.snd.nxt) {
            // Simultaneous open (section 3.5, figure 7, line 6).
            c.ackNow = true;
            s.trimFront(1);
            return true;
        }
        drops.count(TcpDrop.NOT_ACCEPTABLE);
        if (synAgain) {
            output.sendSyn(c);
        } else if (!s.has(TcpHeader.RST)) {
            outOfWindow(c, s);
        }
        return false;
    }

    /** Cuts the segment to the window, so that it begins at RCV.NXT or later. */
    private static void trim(Connection c, Segment s) {
        int old = c.rcv.nxt - s.seq;
        if (old > 0) {
            outOfWindow(c, s);
            s.trimFront(old);
        }
        s.trimTo(Math.max(0, c.rcv.edge - s.seq));
    }

    /** Tells the peer what was expected, since some or all of its segment was not. */
    private static void outOfWindow(Connection c, Segment s) {
        if (c.sack) {
            SackBlocks.noteDuplicate(c, s);
        }
        c.ackNow = true;
    }

    /** Second: the RST bit; only the very next sequence number resets (RFC 5961, section 3.2). */
    private boolean checkReset(Connection c, Segment s) {
        if (!s.has(TcpHeader.RST)) {
            return true;
        }
        counters.resetsReceived.count();
        if (s.seq != c.rcv.nxt) {
            challenges.send(c);
        } else if (c.state == TcpState.SYN_RECEIVED) {
            c.fail(TcpFailure.REFUSED);
        } else if (c.state.compareTo(TcpState.FIN_WAIT_2) > 0) {
            c.end();
        } else {
            c.fail(TcpFailure.RESET);
        }
        return false;
    }

    /** Fourth: the SYN bit (RFC 5961, section 4.2). */
    private boolean checkSyn(Connection c, Segment s) {
        if (!s.has(TcpHeader.SYN)) {
            return true;
        }
        if (c.state == TcpState.SYN_RECEIVED && c.listener != null) {
            c.fail(TcpFailure.RESET);
        } else {
            challenges.send(c);
        }
        return false;
    }

    /** Fifth: the ACK field. */
    private boolean checkAck(Connection c, Segment s) {
        if (!s.has(TcpHeader.ACK)) {
            drops.count(TcpDrop.BAD_ACKNOWLEDGMENT);
            return false;
        }
        if (c.state == TcpState.SYN_RECEIVED) {
            return synReceived(c, s);
        }
        if (c.probed && s.ack == c.snd.nxt + 1) {
            output.probeTaken(c);
        }
        if (Sequence.isBefore(s.ack, c.snd.una - c.snd.maxWnd) || Sequence.isBefore(c.snd.nxt, s.ack)) {
            drops.count(TcpDrop.BAD_ACKNOWLEDGMENT);
            challenges.send(c);
            return false;
        }
        int flight = c.snd.flight();
        ackArrives.synchronizedStates(c, s);
        if (c.ecn) {
            Ecn.acknowledged(c, s, flight);
        }
        return c.state != TcpState.CLOSED;
    }

    private boolean synReceived(Connection c, Segment s) {
        if (Sequence.isAtMost(s.ack, c.snd.una) || Sequence.isBefore(c.snd.nxt, s.ack)) {
            drops.count(TcpDrop.BAD_ACKNOWLEDGMENT);
            tcp.reset(s);
            return false;
        }
        if (c.listener != null && !c.listener.established(c)) {
            drops.count(TcpDrop.BACKLOG_FULL);
            return false;
        }
        ackArrives.establishes(c, s);
        c.snd.window(s, c.snd.scale);
        return true;
    }
}
