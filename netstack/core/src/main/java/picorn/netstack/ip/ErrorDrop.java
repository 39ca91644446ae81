// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.octets.Drop;

/** Why ICMP errors are dropped. */
public final class ErrorDrop {
    /** An ICMP error that quotes less than an IPv4 header and 8 octets. */
    public static final Drop BAD_QUOTE = new Drop("icmp.bad-quote");

    /** An ICMP error that tells of an MTU which the packet it quotes did not exceed, or under 68 octets. */
    public static final Drop BAD_MTU = new Drop("icmp.bad-mtu");

    /** An ICMP error that quotes nothing which this host has under way. */
    public static final Drop NOT_OURS = new Drop("icmp.error-not-ours");

    private ErrorDrop() {}
}
