// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.StackContext;

/** What happens when a segment arrives at a listener (RFC 9293, section 3.10.7.2). */
final class ListenArrives {
    private final Tcp tcp;
    private final StackContext context;
    private final Output output;
    private final SynDefence defence;

    ListenArrives(Tcp tcp, StackContext context, Output output, SynDefence defence) {
        this.defence = defence;
        this.tcp = tcp;
        this.context = context;
        this.output = output;
    }

    void arrives(TcpListener l, Segment s) {
        if (s.has(TcpHeader.RST)) {
            return;
        }
        if (s.has(TcpHeader.ACK)) {
            if (!defence.acknowledged(l, s)) {
                tcp.reset(s);
            }
        } else if (s.has(TcpHeader.SYN)) {
            request(l, s);
        }
    }

    private void request(TcpListener l, Segment s) {
        if (l.isUnderPressure() && defence.requested(l, s)) {
            return;
        }
        if (!l.hasRoom()) {
            context.drops().count(TcpDrop.BACKLOG_FULL);
            return;
        }
        Connection c = tcp.flows().passive(l, s);
        if (c.failure != null) {
            context.drops().count(TcpDrop.MEMORY_DRY);
            return;
        }
        l.requested();
        answer(c, s);
    }

    /** Answers the request that a new connection is for. */
    void answer(Connection c, Segment s) {
        tcp.segmentArrives().synchronize(c, s);
        c.state = TcpState.SYN_RECEIVED;
        output.sendSyn(c);
        // A FIN waits for ESTABLISHED, so that the SYN stays unacknowledged in SYN-RECEIVED only; the peer sends it
        // again.
        if (!s.has(TcpHeader.FIN)) {
            tcp.segmentArrives().textAndFin(c, s);
        }
    }
}
