// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.context.Report;
import picorn.netstack.context.Reported;
import picorn.netstack.octets.Malformed;

/**
 * A transparent gateway's part of IPv4: what neighbours send to hosts beyond their network by TCP and UDP is delivered here, as if
 * those hosts' addresses were this one's.
 *
 * <pre>{@code
 * Interception.join(stack.ipv4());
 * stack.tcp().intercept(request -> ..., stack.ipv4().errors());
 * stack.udp().intercept((packet, fromPort, toPort, data) -> ...);
 * }</pre>
 */
public final class Interception implements Forwarding, Reported {
    private static final int TCP = 6;
    private static final int UDP = 17;

    private final Ipv4 ipv4;
    private PacketInterceptor others = PacketInterceptor.NOBODY;
    private long intercepted;

    private Interception(Ipv4 ipv4) {
        this.ipv4 = ipv4;
    }

    /**
     * Makes a transparent gateway of a stack.
     *
     * @param ipv4 the stack's
     * @return the module
     */
    public static Interception join(Ipv4 ipv4) {
        Interception module = new Interception(ipv4);
        ipv4.input().forwarding(module);
        ipv4.reportOn(module);
        return module;
    }

    @Override
    public void forward(IpPacket packet) throws Malformed {
        int destination = packet.addresses().destinationIpv4();
        boolean fromNeighbour = isNeighbour(packet, packet.addresses().sourceIpv4());
        if (!fromNeighbour || isNeighbour(packet, destination) || !Ipv4Address.isHost(destination)) {
            throw Ipv4Drop.NOT_FOR_US.malformed();
        }
        if (packet.hopLimit() <= 1) {
            ipv4.errors().tell(packet, ErrorKind.HOPS_EXCEEDED, 0);
            throw ForwardDrop.HOPS_EXCEEDED.malformed();
        }
        if (Ipv4Address.isLinkLocal(destination)) {
            prohibit(packet);
        }
        intercept(packet);
        intercepted++;
    }

    private void intercept(IpPacket packet) throws Malformed {
        if (packet.protocol() == TCP || packet.protocol() == UDP) {
            ipv4.input().adopt(packet);
        } else if (!others.received(packet)) {
            prohibit(packet);
        }
    }

    private void prohibit(IpPacket packet) throws Malformed {
        ipv4.errors().tell(packet, ErrorKind.PROHIBITED, 0);
        throw ForwardDrop.NO_ROUTE.malformed();
    }

    /**
     * Says who takes packets that carry neither TCP nor UDP.
     *
     * @param takes nobody does before
     */
    public void others(PacketInterceptor takes) {
        others = takes;
    }

    private static boolean isNeighbour(IpPacket packet, int address) {
        return packet.from().addresses().networkOf(address) != Ipv4Prefix.NONE;
    }

    @Override
    public void report(Report report) {
        report.add("ipv4.intercepted", intercepted);
    }
}
