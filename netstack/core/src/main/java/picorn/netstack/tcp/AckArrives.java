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
        acknowledged(c, s);
        c.snd.scale = Math.max(0, c.snd.scale);
        c.change();
    }

    /** ESTABLISHED and what follows it. */
    void synchronizedStates(Connection c, Segment s) {
        if (Sequence.isBefore(c.snd.una, s.ack)) {
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
        int start = snd.bufferStart();
        int data = Math.min(Math.max(0, s.ack - start), c.out.length());
        if (c.timestamps && s.options.timestamps) {
            c.rtt.sample((tcp.timestamp(c) - s.options.echo) * 1_000_000L);
        }
        snd.una = s.ack;
        snd.resend = Sequence.later(snd.resend, snd.una);
        if (data > 0) {
            c.out.drop(data);
            c.change();
        }
        c.retries = 0;
        c.progressAt = context.now();
        c.retransmitAt = Timed.NEVER;
    }

    private void finAcknowledged(Connection c) {
        switch (c.state) {
            case FIN_WAIT_1 -> c.state = TcpState.FIN_WAIT_2;
            case CLOSING -> tcp.timeWait(c);
            case LAST_ACK -> c.end();
            default -> {}
        }
    }
}
