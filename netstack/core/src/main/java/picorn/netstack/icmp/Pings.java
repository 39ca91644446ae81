// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import java.util.ArrayList;
import java.util.List;
import picorn.netstack.context.StackContext;
import picorn.netstack.ip.IpError;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** The ping sockets of a stack, told apart by their identifiers. */
final class Pings implements EchoReplies {
    private final StackContext context;
    private final Ipv4 ip;
    private final IcmpSender sender;
    private final List<PingSocket> sockets = new ArrayList<>();

    Pings(StackContext context, Ipv4 ip, IcmpSender sender) {
        this.context = context;
        this.ip = ip;
        this.sender = sender;
    }

    PingSocket open() {
        context.budget().demand(PingSocket.MEMORY, "a ping socket");
        PingSocket socket = new PingSocket(context, this, ip, sender, unusedIdentifier());
        sockets.add(socket);
        ip.drive(socket);
        return socket;
    }

    private int unusedIdentifier() {
        while (true) {
            int identifier = context.random().below(0x10000);
            if (sockets.stream().noneMatch(ping -> ping.identifier() == identifier)) {
                return identifier;
            }
        }
    }

    void close(PingSocket socket) {
        if (sockets.remove(socket)) {
            ip.forget(socket);
            context.budget().release(PingSocket.MEMORY);
        }
    }

    @Override
    public void accept(IpPacket packet) throws Malformed {
        int identifier = IcmpFields.IDENTIFIER.get(packet.payload());
        for (int i = 0; i < sockets.size(); i++) {
            if (sockets.get(i).identifier() == identifier) {
                sockets.get(i).receive(packet);
                return;
            }
        }
        throw IcmpDrop.REPLY_UNEXPECTED.malformed();
    }

    @Override
    public boolean error(IpError error) {
        Octets quoted = error.quoted();
        for (int i = 0; i < sockets.size(); i++) {
            if (IcmpFields.TYPE.get(quoted) == IcmpHeader.ECHO
                    && IcmpFields.IDENTIFIER.get(quoted) == sockets.get(i).identifier()) {
                return sockets.get(i).error(error, IcmpFields.SEQUENCE.get(quoted));
            }
        }
        return false;
    }
}
