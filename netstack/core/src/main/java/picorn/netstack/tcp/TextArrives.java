// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.StackContext;

/** The sixth to eighth checks of a segment that arrives: urgent data, text, FIN (RFC 9293, section 3.10.7.4). */
final class TextArrives {
    private final Tcp tcp;
    private final StackContext context;

    TextArrives(Tcp tcp, StackContext context) {
        this.tcp = tcp;
        this.context = context;
    }

    /** The urgent pointer, which points behind the urgent data (RFC 6093, section 4). */
    void urgent(Connection c, Segment s) {
        if (s.has(TcpHeader.URG) && Sequence.isBefore(c.rcv.up, s.seq + s.up)) {
            c.rcv.up = s.seq + s.up;
            c.change();
        }
    }

    void text(Connection c, Segment s) {
        if (s.text.length() == 0) {
            return;
        }
        if (c.abandoned) {
            abandon(c, s);
            return;
        }
        if (s.seq == c.rcv.nxt) {
            inOrder(c, s);
        } else {
            outOfOrder(c, s);
        }
    }

    /** Nobody will read this: the peer is to know (RFC 9293, section 3.6.1, and RFC 2525, section 2.17). */
    private void abandon(Connection c, Segment s) {
        s.flags &= ~TcpHeader.FIN;
        tcp.abort(c);
        c.fail(TcpFailure.RESET);
    }

    private void inOrder(Connection c, Segment s) {
        int length = s.text.length();
        int stored = c.in.put(0, s.text);
        if (stored < length && !c.reassembly.isEmpty()) {
            c.reassembly.clear();
            c.in.giveUpRest();
            stored = c.in.put(0, s.text);
        }
        if (stored < length) {
            context.drops().count(TcpDrop.MEMORY_DRY);
            s.flags &= ~TcpHeader.FIN;
            c.ackNow = true;
        }
        if (stored > 0) {
            deliver(c, stored);
        }
    }

    private void deliver(Connection c, int stored) {
        ReceiveSequence rcv = c.rcv;
        boolean gap = !c.reassembly.isEmpty();
        int next = c.reassembly.advance(rcv.nxt + stored);
        c.in.extend(next - rcv.nxt);
        c.busy = true;
        rcv.nxt = next;
        c.ackNow |= gap || ++rcv.unacknowledged > 1;
        c.change();
    }

    /** Keeps what came too early, and asks for what is missing by a duplicate acknowledgment. */
    private void outOfOrder(Connection c, Segment s) {
        tcp.counters().outOfOrder.count();
        c.ackNow = true;
        int length = s.text.length();
        int stored = c.reassembly.hasRoom() ? c.in.put(s.seq - c.rcv.nxt, s.text) : 0;
        if (stored < length) {
            context.drops().count(TcpDrop.MEMORY_DRY);
        }
        if (stored > 0) {
            c.reassembly.add(s.seq, s.seq + stored);
        }
    }

    /** A FIN that follows what has come; one that has come earlier is remembered until the gap before it is filled. */
    void fin(Connection c, Segment s) {
        if (s.has(TcpHeader.FIN)) {
            c.rcv.fin = s.seq + s.text.length();
            c.rcv.finKnown = true;
            c.ackNow |= !c.finReceived;
        }
        if (!c.rcv.finKnown || c.finReceived || c.rcv.fin != c.rcv.nxt) {
            return;
        }
        c.finReceived = true;
        c.rcv.nxt++;
        c.rcv.edge = Sequence.later(c.rcv.edge, c.rcv.nxt);
        c.ackNow = true;
        c.change();
        if (c.state == TcpState.FIN_WAIT_1) {
            c.state = TcpState.CLOSING;
        } else if (c.state == TcpState.FIN_WAIT_2) {
            tcp.flows().timeWait(c);
        } else if (c.state.mayReceive()) {
            c.state = TcpState.CLOSE_WAIT;
        }
    }
}
