// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;

/** The fifth check of a segment that arrives: its acknowledgment (RFC 9293, section 3.10.7.4). */
final class AckArrives {
    private final Tcp tcp;
    private final StackContext context;

    AckArrives(Tcp tcp, StackContext context) {
        this.tcp = tcp;
        this.context = context;
    }

    /** The SYN is acknowledged: the connection is there. */
    void establishes(Connection c, Segment s) {
        c.state = c.finQueued ? TcpState.FIN_WAIT_1 : TcpState.ESTABLISHED;
        Timers.watch(c, context.now());
        c.recovery.established();
        acknowledged(c, s);
        c.snd.scale = Math.max(0, c.snd.scale);
        c.change();
    }

    /** ESTABLISHED and what follows it. */
    void synchronizedStates(Connection c, Segment s) {
        if (Sequence.isAtMost(c.snd.una, s.ack)) {
            acknowledged(c, s);
        }
        updateWindow(c, s);
        if (c.finSent && c.snd.una == c.snd.nxt) {
            finAcknowledged(c);
        }
    }

    private void updateWindow(Connection c, Segment s) {
        if (Sequence.isAtMost(c.snd.una, s.ack) && c.snd.isUpdatedBy(s)) {
            c.snd.window(s, c.snd.scale);
            if (c.persisting) {
                heardWhilePersisting(c);
            } else if (c.snd.wnd == 0) {
                c.progressAt = context.now();
            }
        }
    }

    /** A peer that answers probes may keep its window closed for as long as it likes (RFC 9293, section 3.8.6.1). */
    private void heardWhilePersisting(Connection c) {
        c.progressAt = context.now();
        if (c.snd.wnd > 0) {
            c.retries = 0;
            c.retransmitAt = Timed.NEVER;
        }
    }

    private void acknowledged(Connection c, Segment s) {
        SendSequence snd = c.snd;
        int data = Math.min(Math.max(0, s.ack - snd.bufferStart()), c.out.length());
        long oldest = c.recovery.oldest(context.now());
        c.recovery.acknowledged(s, context.now());
        measure(c, s, oldest);
        if (s.ack == snd.una) {
            return;
        }
        snd.una = s.ack;
        if (data > 0) {
            c.out.acknowledged(data);
            c.change();
        }
        c.retries = 0;
        c.progressAt = context.now();
        c.retransmitAt = Timed.NEVER;
    }

    /** By timestamps, or else of segments that were sent once (RFC 6298, section 3). */
    private void measure(Connection c, Segment s, long oldest) {
        if (c.timestamps) {
            Timestamps.measure(c, s, oldest, context.now());
            return;
        }
        long measured = c.retries > 0 ? Recovery.UNKNOWN : c.recovery.measuredRtt(context.now());
        if (measured != Recovery.UNKNOWN) {
            c.rtt.sample(measured);
        }
    }

    /** A peer that goes on for ever, while nobody reads, is not waited for. */
    private void finWait2(Connection c) {
        c.state = TcpState.FIN_WAIT_2;
        if (c.abandoned) {
            c.lifeAt = Math.min(c.lifeAt, context.now() + Timers.FIN_WAIT_2);
        }
    }

    private void finAcknowledged(Connection c) {
        if (c.state == TcpState.FIN_WAIT_1) {
            finWait2(c);
        } else if (c.state == TcpState.CLOSING) {
            tcp.flows().timeWait(c);
        } else if (c.state == TcpState.LAST_ACK) {
            c.end();
        }
    }
}
