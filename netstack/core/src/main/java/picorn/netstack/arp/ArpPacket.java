// SPDX-License-Identifier: MIT
package picorn.netstack.arp;

import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.MacAddress;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/**
 * ARP packet for IPv4 over Ethernet (RFC 826).
 *
 * @param operation {@link #REQUEST} or {@link #REPLY}
 * @param senderHardware the sender's Ethernet address
 * @param senderProtocol the sender's IPv4 address
 * @param targetHardware the target's Ethernet address; of no meaning in a request
 * @param targetProtocol the target's IPv4 address
 */
public record ArpPacket(
        int operation,
        MacAddress senderHardware,
        Ipv4Address senderProtocol,
        MacAddress targetHardware,
        Ipv4Address targetProtocol) {
    /** Octets of the packet. */
    public static final int SIZE = ArpFields.SIZE;

    /** Asks who has the target's IPv4 address. */
    public static final int REQUEST = 1;

    /** Says that the sender has the sender's IPv4 address. */
    public static final int REPLY = 2;

    /**
     * Reads a packet.
     *
     * @param in its octets; more may follow
     * @return the packet
     * @throws Malformed if it is too short, not for IPv4 over Ethernet, or neither request nor reply
     */
    public static ArpPacket parse(Octets in) throws Malformed {
        ArpFields.check(in);
        return new ArpPacket(
                ArpFields.OPERATION.get(in),
                new MacAddress(ArpFields.SENDER_HARDWARE.get(in)),
                new Ipv4Address(ArpFields.SENDER_PROTOCOL.get(in)),
                new MacAddress(ArpFields.TARGET_HARDWARE.get(in)),
                new Ipv4Address(ArpFields.TARGET_PROTOCOL.get(in)));
    }

    /**
     * Writes the packet.
     *
     * @param out room for {@link #SIZE} octets
     */
    public void emit(Octets out) {
        ArpFields.write(
                out,
                operation,
                senderHardware.bits(),
                senderProtocol.bits(),
                targetHardware.bits(),
                targetProtocol.bits());
    }
}
