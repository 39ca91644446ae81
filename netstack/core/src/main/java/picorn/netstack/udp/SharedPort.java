// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

import java.util.ArrayList;
import java.util.List;
import picorn.netstack.address.AddressPair;
import picorn.netstack.address.IpAddress;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.ip.Cast;
import picorn.netstack.ip.IpError;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/**
 * A port at which sockets are bound to local addresses, or that they share: what is sent to a group or to everybody goes to each
 * that wants it, other datagrams to the one that asks for most, the latest of several.
 */
final class SharedPort extends PortOwner {
    /** How a socket is bound. */
    enum Use {
        /** Nobody else may have its addresses. */
        ALONE,
        /** Others that say so too may. */
        SHARED
    }

    private record Member(UdpSocket socket, IpAddress local, Use use) {
        boolean isAnywhere() {
            return local.equals(Ipv4Address.UNSPECIFIED);
        }

        boolean excludes(IpAddress other, Use otherUse) {
            boolean same = isAnywhere() || other.equals(Ipv4Address.UNSPECIFIED) || other.equals(local);
            return same && (use == Use.ALONE || otherUse == Use.ALONE);
        }

        boolean wants(IpPacket packet, AddressPair answer, int fromPort) {
            AddressPair to = packet.addresses();
            boolean here = isAnywhere() || to.destinationLow() == local.low() && to.destinationHigh() == local.high();
            return here && socket.isFor(packet, answer, fromPort);
        }

        /** The more it asks for, the greater. */
        int narrowness() {
            return (socket.isConnected() ? 2 : 0) + (isAnywhere() ? 0 : 1);
        }
    }

    private final List<Member> members = new ArrayList<>();

    private SharedPort(int port) {
        super(port);
    }

    /** Opens a socket at a port that may be shared. */
    static UdpSocket bind(Udp udp, IpAddress local, int port, int queueOctets, Use use) {
        PortOwner owner = udp.sockets().find(Ports.check(port));
        SharedPort shared = owner instanceof SharedPort there ? there : new SharedPort(port);
        Udp.checkFree(port, owner != null && owner != shared || shared.isTaken(local, use));
        UdpSocket socket = udp.open(port, queueOctets);
        if (owner == null) {
            udp.sockets().add(shared);
        }
        socket.boundTo(shared, isSource(udp, local) ? local : Ipv4Address.UNSPECIFIED);
        shared.members.add(new Member(socket, local, use));
        return socket;
    }

    /** Whether datagrams may come from an address: those of groups and of everybody are only sent to. */
    private static boolean isSource(Udp udp, IpAddress address) {
        return !(address instanceof Ipv4Address v4)
                || !Ipv4Address.isMulticast(v4.bits()) && !udp.ip().isBroadcast(v4.bits());
    }

    private boolean isTaken(IpAddress local, Use use) {
        return members.stream().anyMatch(member -> member.excludes(local, use));
    }

    @Override
    void deliver(IpPacket packet, AddressPair answer, int fromPort, Octets data) throws Malformed {
        if (packet.cast() == Cast.UNICAST) {
            deliverToOne(packet, answer, fromPort, data);
            return;
        }
        boolean wanted = false;
        for (Member member : List.copyOf(members)) {
            if (member.wants(packet, answer, fromPort)) {
                wanted = true;
                member.socket.queue(answer, fromPort, data);
            }
        }
        if (!wanted) {
            throw UdpDrop.NOT_WANTED.malformed();
        }
    }

    private void deliverToOne(IpPacket packet, AddressPair answer, int fromPort, Octets data) throws Malformed {
        Member best = null;
        for (Member member : members) {
            boolean better = best == null || member.narrowness() >= best.narrowness();
            best = better && member.wants(packet, answer, fromPort) ? member : best;
        }
        if (best == null) {
            throw UdpDrop.NOT_WANTED.malformed();
        }
        if (!best.socket.queue(answer, fromPort, data)) {
            throw UdpDrop.QUEUE_FULL.malformed();
        }
    }

    @Override
    boolean error(IpError told, int toPort) {
        for (Member member : List.copyOf(members)) {
            if (member.socket.error(told, toPort)) {
                return true;
            }
        }
        return false;
    }

    @Override
    boolean isFreedBy(UdpSocket closed) {
        members.removeIf(member -> member.socket == closed);
        return members.isEmpty();
    }
}
