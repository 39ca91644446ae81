// SPDX-License-Identifier: MIT
package picorn.netstack.octets;

import java.util.Locale;

/** Every reason for which a packet is dropped; each is counted under its name. */
public enum Drop {
    /** A frame shorter than an Ethernet header. */
    ETHERNET_TRUNCATED,
    /** A frame longer than the link's MTU allows. */
    ETHERNET_OVERSIZE,
    /** A frame whose sender is a group address. */
    ETHERNET_BAD_SOURCE,
    /** A frame for another station, or a group that has not been joined. */
    ETHERNET_NOT_FOR_US,
    /** A frame of a type that the stack does not speak. */
    ETHERNET_TYPE_UNKNOWN,
    /** A tagged frame that ends before the type of what it carries. */
    VLAN_TRUNCATED,
    /** A frame of a VLAN that the station has no interface to. */
    VLAN_UNKNOWN,
    /** A packet longer than the MTU of a link without frames of its own. */
    LINK_OVERSIZE,
    /** More packets to this host itself than can wait. */
    LOOPBACK_QUEUE_FULL,
    /** A raw socket's receive queue is full. */
    RAW_QUEUE_FULL,
    /** A packet shorter than an IGMP message. */
    IGMP_TRUNCATED,
    /** The IGMP checksum is wrong. */
    IGMP_BAD_CHECKSUM,
    /** An IGMP message of a type that a host does not heed, or a query that its rules do not allow. */
    IGMP_IGNORED,
    /** An ARP packet shorter than RFC 826 has it for Ethernet and IPv4. */
    ARP_TRUNCATED,
    /** ARP for other hardware or another protocol than Ethernet and IPv4. */
    ARP_NOT_ETHERNET_IPV4,
    /** ARP that is neither request nor reply. */
    ARP_BAD_OPCODE,
    /** ARP whose sender's addresses are none that a station can have. */
    ARP_BAD_SENDER,
    /** ARP of another station that uses our address (RFC 5227). */
    ARP_CONFLICT,
    /** ARP of this station's own that has come back to it. */
    ARP_OWN,
    /** A packet that gave up its place to a later one while both waited for the address of their next hop. */
    ARP_QUEUE_FULL,
    /** A packet to a neighbour that did not answer. */
    ARP_UNRESOLVED,
    /** A packet to a new neighbour while all entries are waiting for answers. */
    ARP_CACHE_FULL,
    /** A packet shorter than an IPv4 header. */
    IPV4_TRUNCATED,
    /** The version field is not 4. */
    IPV4_BAD_VERSION,
    /** The header length is under 20 octets or beyond the packet. */
    IPV4_BAD_HEADER_LENGTH,
    /** The total length is under the header's, or beyond the frame. */
    IPV4_BAD_TOTAL_LENGTH,
    /** The header checksum is wrong. */
    IPV4_BAD_CHECKSUM,
    /** The source is an address that no single other host can have. */
    IPV4_BAD_SOURCE,
    /** A packet to another host while this stack does not forward, or to a group that it is not in. */
    IPV4_NOT_FOR_US,
    /** A unicast packet in a broadcast frame (RFC 1122, section 3.3.6). */
    IPV4_LINK_BROADCAST,
    /** A fragment; this stack does not reassemble. */
    IPV4_FRAGMENT,
    /** A packet to be sent that is larger than the link's MTU and cannot be cut up. */
    IPV4_TOO_LARGE,
    /** A packet to be forwarded that has passed as many routers as it may. */
    IPV4_HOPS_EXCEEDED,
    /** A packet to be forwarded to where no route leads. */
    IPV4_NO_ROUTE,
    /** A fragment without data, of a length that is no multiple of 8, beyond 65,535 octets, or beyond the last one. */
    IPV4_BAD_FRAGMENT,
    /** A fragment that hides the header of what it is a part of (RFC 1858). */
    IPV4_TINY_FRAGMENT,
    /** A fragment that has come before. */
    IPV4_DUPLICATE_FRAGMENT,
    /** A fragment of a packet of which two overlap: it is given up (RFC 5722). */
    IPV4_OVERLAPPING_FRAGMENT,
    /** A packet of which fragments were still missing in the end. */
    IPV4_REASSEMBLY_TIMED_OUT,
    /** An unfinished packet that gave up its place to a new one, or for want of memory. */
    IPV4_REASSEMBLY_EVICTED,
    /** A header option that runs over its header, or has a length or pointer that it cannot have. */
    IPV4_BAD_OPTION,
    /** A packet with a source route (RFC 791), which nobody follows. */
    IPV4_SOURCE_ROUTE,
    /** A packet of a protocol that the stack does not speak. */
    IPV4_PROTOCOL_UNKNOWN,
    /** An ICMP message shorter than its header. */
    ICMP_TRUNCATED,
    /** The ICMP checksum is wrong. */
    ICMP_BAD_CHECKSUM,
    /** An ICMP message of a type that the stack does not answer. */
    ICMP_TYPE_UNKNOWN,
    /** An echo or timestamp request to a broadcast or multicast address. */
    ICMP_ECHO_TO_GROUP,
    /** An echo reply to nothing that was asked. */
    ICMP_REPLY_UNEXPECTED,
    /** An ICMP error that quotes less than an IPv4 header and 8 octets. */
    ICMP_BAD_QUOTE,
    /** An ICMP error that tells of an MTU which the packet it quotes did not exceed, or under 68 octets. */
    ICMP_BAD_MTU,
    /** An ICMP error that quotes nothing which this host has under way. */
    ICMP_ERROR_NOT_OURS,
    /** An ICMP error that was not sent, since too many have been. */
    ICMP_RATE_LIMITED,
    /** A packet shorter than a UDP header. */
    UDP_TRUNCATED,
    /** The UDP length is under 8 or beyond the packet. */
    UDP_BAD_LENGTH,
    /** The UDP checksum is wrong. */
    UDP_BAD_CHECKSUM,
    /** Destination port 0. */
    UDP_BAD_PORT,
    /** No socket at this port. */
    UDP_PORT_CLOSED,
    /** A datagram of another peer, interface or group than the socket wants. */
    UDP_NOT_WANTED,
    /** The socket's receive queue is full. */
    UDP_QUEUE_FULL,
    /** A packet shorter than a TCP header. */
    TCP_TRUNCATED,
    /** The TCP data offset is under 5 or beyond the packet. */
    TCP_BAD_OFFSET,
    /** The TCP checksum is wrong. */
    TCP_BAD_CHECKSUM,
    /** A TCP option that runs over the header, or is shorter than its own kind and length. */
    TCP_BAD_OPTION,
    /** A segment to more than one host (RFC 9293, section 3.9.2.3). */
    TCP_NOT_UNICAST,
    /** A segment to a port at which nobody listens, or with a port 0. */
    TCP_PORT_CLOSED,
    /** A segment outside the receive window (RFC 9293, section 3.10.7.4). */
    TCP_NOT_ACCEPTABLE,
    /** A segment whose timestamp is older than the last one (RFC 7323, section 5). */
    TCP_OLD_TIMESTAMP,
    /** A segment without ACK, or one that acknowledges what was never sent, or too long ago (RFC 5961, section 5). */
    TCP_BAD_ACKNOWLEDGMENT,
    /** A connection request while the listener's backlog is full. */
    TCP_BACKLOG_FULL,
    /** Data, out of order or in order, for which the memory budget has no room. */
    TCP_MEMORY_DRY,
    /** A datagram of one echo service to another, which would never end. */
    ECHO_LOOP,
    /** Shorter than a DHCP message. */
    DHCP_TRUNCATED,
    /** Not DHCP: another operation, hardware, or no magic cookie. */
    DHCP_BAD_FORMAT,
    /** An option that runs over its area, or has a length that its meaning does not allow. */
    DHCP_BAD_OPTION,
    /** A message by a relay agent, which this server does not serve. */
    DHCP_RELAYED,
    /** A message that calls for no answer of this server. */
    DHCP_IGNORED,
    /** All addresses are taken. */
    DHCP_POOL_EMPTY,
    /** A DNS message that ends before its last field. */
    DNS_TRUNCATED,
    /** A DNS name that is too long, or whose pointers do not lead back. */
    DNS_BAD_NAME,
    /** A DNS record whose data is not as long as it says. */
    DNS_BAD_FORMAT,
    /** A DNS message that answers no question of ours, or comes from elsewhere than whom we asked. */
    DNS_UNEXPECTED,
    /** The memory budget is used up. */
    MEMORY_DRY;

    private final String label;

    @SuppressWarnings("serial")
    private final Malformed malformed;

    Drop() {
        String name = name().toLowerCase(Locale.ROOT);
        int end = name.indexOf('_');
        label = name.substring(0, end) + "." + name.substring(end + 1).replace('_', '-');
        malformed = new Malformed(this, label);
    }

    /**
     * The name under which reports count it: protocol, dot, reason.
     *
     * @return for example {@code udp.bad-checksum}
     */
    public String label() {
        return label;
    }

    /**
     * What is thrown to drop a packet for this reason.
     *
     * @return always the same one
     */
    public Malformed malformed() {
        return malformed;
    }
}
