// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import picorn.netstack.address.AddressPair;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.ip.IpOutput;
import picorn.netstack.ip.Route;
import picorn.netstack.ip.SendOptions;
import picorn.netstack.ip.SendResult;

/** Builds and sends ICMP messages. */
final class IcmpSender {
    private final IpOutput ip;

    IcmpSender(IpOutput ip) {
        this.ip = ip;
    }

    /** Whether a message can be sent; if not for want of memory, that has been counted. */
    SendResult check(Route route, int length, SendOptions options) {
        return ip.check(route, IcmpFields.SIZE + length, options);
    }

    /** A message whose data is to be put in. */
    PacketBuffer start(Route route, int length, SendOptions options, int type, int code, int word) {
        PacketBuffer packet = ip.start(route, IcmpFields.SIZE + length, options);
        IcmpFields.put(packet.octets(), type, code, word);
        return packet;
    }

    void send(PacketBuffer packet, Route route, AddressPair addresses, SendOptions options) {
        if (ip.needsChecksum(route, addresses, Icmpv4.PROTOCOL, packet.octets().length())) {
            IcmpFields.seal(packet.octets());
        }
        ip.send(packet, route, addresses, Icmpv4.PROTOCOL, options);
    }
}
