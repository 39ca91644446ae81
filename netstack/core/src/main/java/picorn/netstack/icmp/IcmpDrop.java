// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import picorn.netstack.octets.Drop;

/** Why ICMP drops messages. */
public final class IcmpDrop {
    /** An ICMP message shorter than its header. */
    public static final Drop TRUNCATED = new Drop("icmp.truncated");

    /** The ICMP checksum is wrong. */
    public static final Drop BAD_CHECKSUM = new Drop("icmp.bad-checksum");

    /** An ICMP message of a type that the stack does not answer. */
    public static final Drop TYPE_UNKNOWN = new Drop("icmp.type-unknown");

    /** An echo or timestamp request to a broadcast or multicast address. */
    public static final Drop ECHO_TO_GROUP = new Drop("icmp.echo-to-group");

    /** An echo reply to nothing that was asked. */
    public static final Drop REPLY_UNEXPECTED = new Drop("icmp.reply-unexpected");

    /** An ICMP error that was not sent, since too many have been. */
    public static final Drop RATE_LIMITED = new Drop("icmp.rate-limited");

    private IcmpDrop() {}
}
