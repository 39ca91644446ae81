// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.context.PacketBuffer;

/** What joins a stack to a link. */
public interface NetworkInterface {
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
     * Its IPv4 address and network.
     *
     * @return the address with its prefix length
     */
    Ipv4Prefix ipv4();

    /**
     * Sends an IPv4 packet and puts its buffer back, now or later.
     *
     * @param packet the packet, {@link #headroom()} octets of room before it
     * @param nextHop a neighbour, or a broadcast or multicast address
     */
    void sendIpv4(PacketBuffer packet, int nextHop);
}
