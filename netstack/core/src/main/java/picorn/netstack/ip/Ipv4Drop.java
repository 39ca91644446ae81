// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.octets.Drop;

/** Why IPv4 drops packets. */
public final class Ipv4Drop {
    /** A packet shorter than an IPv4 header. */
    public static final Drop TRUNCATED = new Drop("ipv4.truncated");

    /** The version field is not 4. */
    public static final Drop BAD_VERSION = new Drop("ipv4.bad-version");

    /** The header length is under 20 octets or beyond the packet. */
    public static final Drop BAD_HEADER_LENGTH = new Drop("ipv4.bad-header-length");

    /** The total length is under the header's, or beyond the frame. */
    public static final Drop BAD_TOTAL_LENGTH = new Drop("ipv4.bad-total-length");

    /** The header checksum is wrong. */
    public static final Drop BAD_CHECKSUM = new Drop("ipv4.bad-checksum");

    /** The source is an address that no single other host can have. */
    public static final Drop BAD_SOURCE = new Drop("ipv4.bad-source");

    /** A packet to another host while this stack does not forward, or to a group that it is not in. */
    public static final Drop NOT_FOR_US = new Drop("ipv4.not-for-us");

    /** A unicast packet in a broadcast frame (RFC 1122, section 3.3.6). */
    public static final Drop LINK_BROADCAST = new Drop("ipv4.link-broadcast");

    /** A fragment; this stack does not reassemble. */
    public static final Drop FRAGMENT = new Drop("ipv4.fragment");

    /** A packet to be sent that is larger than the link's MTU and cannot be cut up. */
    public static final Drop TOO_LARGE = new Drop("ipv4.too-large");

    /** A packet of a protocol that the stack does not speak. */
    public static final Drop PROTOCOL_UNKNOWN = new Drop("ipv4.protocol-unknown");

    private Ipv4Drop() {}
}
