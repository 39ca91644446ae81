// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.octets.OctetStore;
import picorn.netstack.octets.Octets;

/** What the user calls on a connection (RFC 9293, sections 3.10.2 to 3.10.5). */
final class UserCalls {
    private final Tcp tcp;
    private final StackContext context;
    private final Output output;
    /** For octets of an array that are handed in or taken; it serves all calls. */
    final Octets view = new Octets();

    UserCalls(Tcp tcp, StackContext context, Output output) {
        this.tcp = tcp;
        this.context = context;
        this.output = output;
    }

    /** RECEIVE: drops what was read, and tells the peer of the room if it is worth it. */
    void read(Connection c, int count) {
        c.in.read(count);
        c.rcv.up = Sequence.later(c.rcv.up, c.rcv.nxt - c.in.length());
        if (c.in.length() == 0 && c.reassembly.isEmpty()) {
            c.in.giveUpRest();
        }
        if (c.state.mayReceive() && Transmission.isWindowUpdateDue(c)) {
            c.ackNow = true;
            push(c);
        }
    }

    /** What may change while the connection lasts. */
    void configure(Connection c, TcpConfig config) {
        c.config = config.receiveBuffer(c.config.receiveBuffer()).sendBuffer(c.config.sendBuffer());
        boolean delayed = !c.noDelay;
        c.noDelay = config.has(TcpFeature.NO_DELAY);
        if (c.state.isSynchronized() && c.state != TcpState.TIME_WAIT && !c.abandoned) {
            c.lifeAt = Timed.NEVER;
            Timers.watch(c, context.now());
            tcp.flows().queue().update(c);
            if (delayed && c.noDelay) {
                push(c);
            }
        }
    }

    /** SEND. */
    int write(Connection c, OctetStore from) {
        int written = take(c, from);
        if (written > 0) {
            push(c);
        }
        return written;
    }

    private static int take(Connection c, OctetStore from) {
        return c.state.maySend() ? c.out.write(from) : 0;
    }

    /** SEND with the urgent flag: what is written now is urgent to its end. */
    int writeUrgent(Connection c, OctetStore from) {
        int written = take(c, from);
        if (written > 0) {
            c.snd.up = c.snd.bufferStart() + c.out.length();
            c.urgent = true;
            push(c);
        }
        return written;
    }

    /** CLOSE, as far as it concerns the output. */
    void shutdown(Connection c) {
        if (c.finQueued || !c.state.maySend()) {
            return;
        }
        c.finQueued = true;
        if (c.state == TcpState.ESTABLISHED) {
            c.state = TcpState.FIN_WAIT_1; // earlier, the FIN waits for the SYN's acknowledgment
        } else if (c.state == TcpState.CLOSE_WAIT) {
            c.state = TcpState.LAST_ACK;
        }
        push(c);
    }

    /** CLOSE; data that nobody will read resets the connection (RFC 2525, section 2.17). */
    void close(Connection c) {
        if (c.released) { // it could not even ask
            c.abandoned = true;
            return;
        }
        boolean unread = c.in.length() > 0 || !c.reassembly.isEmpty();
        if (unread || c.state == TcpState.SYN_SENT || c.config.linger() == 0) {
            abort(c);
            return;
        }
        shutdown(c);
        c.abandoned = true;
        if (c.config.linger() != Timed.NEVER) {
            c.lifeAt = context.now() + c.config.linger();
        } else if (c.state == TcpState.FIN_WAIT_2) {
            c.lifeAt = context.now() + Timers.FIN_WAIT_2;
        }
        if (c.state == TcpState.CLOSED || c.state == TcpState.TIME_WAIT) {
            c.release();
        }
        tcp.flows().queue().update(c);
    }

    /** ABORT. */
    void abort(Connection c) {
        c.abandoned = true;
        if (c.state == TcpState.CLOSED || c.state == TcpState.TIME_WAIT) {
            c.release();
            return;
        }
        tcp.abort(c);
        c.fail(TcpFailure.RESET);
    }

    /** Sends what may be sent, at once or when the user, who is being told of a change, has done everything. */
    private void push(Connection c) {
        if (!c.changed) {
            output.run(c);
        }
    }
}
