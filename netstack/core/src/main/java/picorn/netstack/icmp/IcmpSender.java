// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import picorn.netstack.address.AddressPair;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.StackContext;
import picorn.netstack.ip.IpOutput;
import picorn.netstack.ip.Route;
import picorn.netstack.ip.SendOptions;
import picorn.netstack.ip.SendResult;
import picorn.netstack.octets.Drop;

/** Builds and sends ICMP messages. */
final class IcmpSender {
    private final StackContext context;
    private final IpOutput ip;

    IcmpSender(StackContext context, IpOutput ip) {
        this.context = context;
        this.ip = ip;
    }

    /** Whether a message can be sent; if not for want of memory, that has been counted. */
    SendResult check(Route route, int length, SendOptions options) {
        if (route == Route.NONE) {
            return SendResult.NO_ROUTE;
        }
        if (IcmpFields.SIZE + length > ip.maxPayload(route)) {
            return SendResult.TOO_LARGE;
        }
        if (context.packets().isDry(headroom(route, options) + IcmpFields.SIZE + length)) {
            context.drops().count(Drop.MEMORY_DRY);
            return SendResult.OUT_OF_MEMORY;
        }
        return SendResult.SENT;
    }

    private static int headroom(Route route, SendOptions options) {
        return route.headroom() + options.headerOptions().length();
    }

    /** A message whose data is to be put in. */
    PacketBuffer start(Route route, int length, SendOptions options, int type, int code, int word) {
        int headroom = headroom(route, options);
        PacketBuffer packet = context.packets().take(headroom + IcmpFields.SIZE + length);
        IcmpFields.put(packet.start(headroom, IcmpFields.SIZE + length), type, code, word);
        return packet;
    }

    void send(PacketBuffer packet, Route route, AddressPair addresses, SendOptions options) {
        if (ip.needsChecksum(route, addresses, Icmpv4.PROTOCOL, packet.octets().length())) {
            IcmpFields.seal(packet.octets());
        }
        ip.send(packet, route, addresses, Icmpv4.PROTOCOL, options);
    }
}
