// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.Timed;

/** What joins a stack to a link. */
public interface NetworkInterface extends Timed {
    /**
     * What it is called in reports.
     *
     * @return for example {@code eth0}
     */
    String name();

    /**
     * The largest packet that its link carries.
     *
     * @return octets, IP header included
     */
    int mtu();

    /**
     * Room that it needs before a packet for its own header.
     *
     * @return octets
     */
    int headroom();

    /**
     * Which checksums its link sees to.
     *
     * @return mostly {@link Offload#NONE}
     */
    default Offload offload() {
        return Offload.NONE;
    }

    /**
     * Its IPv4 addresses, to be changed by {@link Ipv4#add(NetworkInterface, Ipv4Prefix)} only.
     *
     * @return always the same one
     */
    InterfaceAddresses addresses();

    /**
     * Its first IPv4 address and network.
     *
     * @return the address with its prefix length; {@link Ipv4Prefix#NONE} if it has none
     */
    default Ipv4Prefix ipv4() {
        return addresses().primary();
    }

    /**
     * Whether it leads to this host itself, so that 127.0.0.0/8 and the host's own addresses are to be reached by it.
     *
     * @return true for loopback
     */
    default boolean isLoopback() {
        return false;
    }

    /**
     * Sends an IPv4 packet and puts its buffer back, now or later.
     *
     * @param packet the packet, {@link #headroom()} octets of room before it
     * @param nextHop a neighbour, or a broadcast or multicast address
     */
    void sendIpv4(PacketBuffer packet, int nextHop);

    /**
     * Takes the advice that what it sends to a neighbour does not arrive: it makes sure where that is before it sends more.
     *
     * @param nextHop the neighbour
     */
    default void doubt(int nextHop) {}
}
