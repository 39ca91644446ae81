// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.Timed;

/** What happens when a connection's time has come (RFC 9293, section 3.10.8). */
final class Timers {
    /** How long a peer may keep a connection open that nobody reads any more. */
    static final long FIN_WAIT_2 = 60_000_000_000L;

    /** Section 3.8.3, R1: retransmissions from which on IP is advised that the way may be dead. */
    private static final int R1 = 3;

    /** SYN-ACKs that go unanswered before a request is forgotten. */
    private static final int MOST_SYN_ACKS = 6;

    private final Tcp tcp;
    private final Output output;

    Timers(Tcp tcp, Output output) {
        this.tcp = tcp;
        this.output = output;
    }

    void wake(Connection c, long now) {
        if (c.ackAt <= now) {
            c.ackAt = Timed.NEVER;
            c.ackNow = true;
        }
        if (c.recovery.lookAt <= now) {
            c.recovery.look(output, now);
        }
        if (c.retransmitAt <= now) {
            c.retransmitAt = Timed.NEVER;
            retransmit(c, now);
        }
        if (c.quietAt <= now) {
            c.rest();
        }
        if (c.lifeAt <= now) {
            c.lifeAt = Timed.NEVER;
            life(c, now);
        }
        if (c.state != TcpState.CLOSED) {
            output.run(c);
        }
    }

    /** Section 3.8.1, and R1 and R2 of section 3.8.3. */
    private void retransmit(Connection c, long now) {
        tcp.counters().timeouts.count();
        c.retries++;
        if (now - c.progressAt >= c.config.userTimeout() || isForgottenRequest(c)) {
            c.fail(c.softError);
            return;
        }
        if (c.retries >= R1) {
            tcp.writer().doubt(c);
        }
        if (!c.persisting) {
            c.rtt.backOff();
        }
        if (!c.state.isSynchronized()) {
            output.sendSyn(c);
        } else if (c.persisting) {
            tcp.counters().windowProbes.count();
            output.probe(c);
        } else {
            c.recovery.timedOut();
        }
    }

    private static boolean isForgottenRequest(Connection c) {
        return c.state == TcpState.SYN_RECEIVED && c.listener != null && c.retries >= MOST_SYN_ACKS;
    }

    private void life(Connection c, long now) {
        if (c.abandoned && (c.config.linger() != Timed.NEVER || c.state == TcpState.FIN_WAIT_2)) {
            tcp.abort(c);
            c.fail(TcpFailure.TIMED_OUT);
        } else {
            KeepAliveProbes.due(c, output, now);
        }
    }

    /** Starts to watch a connection that is established (section 3.8.4). */
    static void watch(Connection c, long now) {
        if (c.config.keepAlive().idle() != Timed.NEVER) {
            c.lifeAt = now + c.config.keepAlive().idle();
        }
    }
}
