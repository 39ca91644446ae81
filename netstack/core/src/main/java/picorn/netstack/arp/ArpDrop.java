// SPDX-License-Identifier: MIT
package picorn.netstack.arp;

import picorn.netstack.octets.Drop;

/** Why ARP drops packets, its own and those that wait for it. */
public final class ArpDrop {
    /** An ARP packet shorter than RFC 826 has it for Ethernet and IPv4. */
    public static final Drop TRUNCATED = new Drop("arp.truncated");

    /** ARP for other hardware or another protocol than Ethernet and IPv4. */
    public static final Drop NOT_ETHERNET_IPV4 = new Drop("arp.not-ethernet-ipv4");

    /** ARP that is neither request nor reply. */
    public static final Drop BAD_OPCODE = new Drop("arp.bad-opcode");

    /** ARP whose sender's addresses are none that a station can have. */
    public static final Drop BAD_SENDER = new Drop("arp.bad-sender");

    /** ARP of another station that uses our address (RFC 5227). */
    public static final Drop CONFLICT = new Drop("arp.conflict");

    /** ARP of this station's own that has come back to it. */
    public static final Drop OWN = new Drop("arp.own");

    /** A packet that gave up its place to a later one while both waited for the address of their next hop. */
    public static final Drop QUEUE_FULL = new Drop("arp.queue-full");

    /** A packet to a neighbour that did not answer. */
    public static final Drop UNRESOLVED = new Drop("arp.unresolved");

    /** A packet to a new neighbour while all entries are waiting for answers. */
    public static final Drop CACHE_FULL = new Drop("arp.cache-full");

    private ArpDrop() {}
}
