// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.PacketPool;
import picorn.netstack.context.Report;
import picorn.netstack.context.Reported;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** A router's part of IPv4 (RFC 1812, section 5.2): sends packets for others on, with one hop less, and tells why it does not. */
public final class Forwarder implements Forwarding, Reported {
    private final Ipv4 ipv4;
    private long forwarded;

    private Forwarder(Ipv4 ipv4) {
        this.ipv4 = ipv4;
    }

    /**
     * Makes a router of a stack.
     *
     * @param ipv4 the stack's
     * @return the module
     */
    public static Forwarder join(Ipv4 ipv4) {
        Forwarder module = new Forwarder(ipv4);
        ipv4.input().forwarding(module);
        ipv4.reportOn(module);
        return module;
    }

    @Override
    public void forward(IpPacket packet) throws Malformed {
        int source = packet.addresses().sourceIpv4();
        int destination = packet.addresses().destinationIpv4();
        if (!Ipv4Address.isHost(destination)
                || source == 0
                || Ipv4Address.isLinkLocal(source)
                || Ipv4Address.isLinkLocal(destination)) {
            throw Ipv4Drop.NOT_FOR_US.malformed();
        }
        if (packet.hopLimit() <= 1) {
            ipv4.errors().tell(packet, ErrorKind.HOPS_EXCEEDED, 0);
            throw ForwardDrop.HOPS_EXCEEDED.malformed();
        }
        Route route = ipv4.find(destination);
        if (route == Route.NONE || route.via().isLoopback()) {
            ipv4.errors().tell(packet, ErrorKind.NETWORK_UNREACHABLE, 0);
            throw ForwardDrop.NO_ROUTE.malformed();
        }
        checkSize(packet, route.via().mtu());
        send(packet, route, destination);
        if (route.via() == packet.from()) {
            redirect(packet, source, route.nextHop(destination));
        }
    }

    private void checkSize(IpPacket packet, int mtu) throws Malformed {
        if (packet.whole().length() > mtu && Ipv4Fields.isWhole(packet.whole())) {
            ipv4.errors().tell(packet, ErrorKind.TOO_BIG, mtu);
            throw Ipv4Drop.TOO_LARGE.malformed();
        }
    }

    private void send(IpPacket packet, Route route, int destination) throws Malformed {
        PacketPool pool = ipv4.context().packets();
        int room = route.via().headroom();
        int length = packet.whole().length();
        if (pool.isDry(room + length)) {
            throw Drop.MEMORY_DRY.malformed();
        }
        PacketBuffer copy = pool.take(room + length);
        Octets out = copy.start(room, length);
        out.put(0, packet.whole(), 0, length);
        Ipv4Fields.TIME_TO_LIVE.set(out, packet.hopLimit() - 1);
        if (packet.hasOptions()) {
            ipv4.input().options().forward(out, route.via());
        }
        forwarded++;
        ipv4.transmit(copy, route.via(), route.nextHop(destination));
    }

    /** Tells a neighbour of a nearer router on its own network (RFC 1812, section 5.2.7.2). */
    private void redirect(IpPacket packet, int source, int nextHop) {
        Ipv4Prefix network = packet.from().addresses().networkOf(source);
        if (network != Ipv4Prefix.NONE && network.contains(nextHop)) {
            ipv4.errors().tell(packet, ErrorKind.REDIRECTED, nextHop);
        }
    }

    @Override
    public void report(Report report) {
        report.add("ipv4.forwarded", forwarded);
    }
}
