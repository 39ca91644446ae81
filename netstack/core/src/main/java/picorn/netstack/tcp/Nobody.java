// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.ip.IpError;

/** Stands for all that is not there: the key of lookups, and what answers segments to nobody. */
final class Nobody extends Flow {
    private final Tcp tcp;
    private final StackContext context;

    Nobody(Tcp tcp, StackContext context) {
        this.tcp = tcp;
        this.context = context;
    }

    void answering(Segment s) {
        addresses.answering(s.addresses);
        remotePort = s.sourcePort;
        localPort = s.destinationPort;
    }

    void sentBy(IpError error) {
        addresses.set(error.addresses());
        remotePort = TcpFields.DESTINATION_PORT.get(error.quoted());
        localPort = TcpFields.SOURCE_PORT.get(error.quoted());
    }

    void listening(long high, long low, int port) {
        addresses.source(high, low).destination(0, 0);
        remotePort = 0;
        localPort = port;
    }

    @Override
    long deadline() {
        return Timed.NEVER;
    }

    @Override
    void wake(long now) {}

    @Override
    void arrives(Segment s) {
        if (!tcp.isClaimed(s)) {
            context.drops().count(TcpDrop.PORT_CLOSED);
            tcp.reset(s);
        }
    }
}
