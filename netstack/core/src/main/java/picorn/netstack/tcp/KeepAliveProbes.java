// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

/** Looks whether the peer of a quiet connection is still there (RFC 9293, section 3.8.4), for connections that ask for it. */
final class KeepAliveProbes {
    private KeepAliveProbes() {}

    /** The connection's time has come: probes if it was quiet, and gives up when nothing answers. */
    static void due(Connection c, Output output, long now) {
        KeepAlive config = c.config.keepAlive();
        long due = c.heardAt + config.idle();
        if (c.probes == 0 && now < due) {
            c.lifeAt = due;
        } else if (c.probes >= config.probes()) {
            c.fail(TcpFailure.TIMED_OUT);
        } else {
            c.probes++;
            c.lifeAt = now + config.interval();
            c.tcp.counters().keepAlives.count();
            output.keepAlive(c);
        }
    }
}
