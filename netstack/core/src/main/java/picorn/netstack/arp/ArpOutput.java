// SPDX-License-Identifier: MIT
package picorn.netstack.arp;

import picorn.netstack.context.PacketBuffer;

/** What an ARP cache needs of its interface. */
public interface ArpOutput {
    /**
     * The station's Ethernet address.
     *
     * @return its bits
     */
    long hardware();

    /**
     * Sends an ARP packet in the interface's name.
     *
     * @param operation {@link ArpPacket#REQUEST} or {@link ArpPacket#REPLY}
     * @param sender the interface's IPv4 address, or 0
     * @param targetHardware who is answered; for a request 0
     * @param targetProtocol the target's IPv4 address
     */
    void sendArp(int operation, int sender, long targetHardware, int targetProtocol);

    /**
     * Sends an IPv4 packet and puts its buffer back.
     *
     * @param packet the packet
     * @param destination Ethernet address of the next hop
     */
    void sendResolved(PacketBuffer packet, long destination);
}
