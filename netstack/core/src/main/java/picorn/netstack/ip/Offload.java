// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

/**
 * Checksums that a link sees to, so that the stack need not: by protocol number, 0 being that of the IPv4 header itself.
 *
 * @param verified bit n: the link drops received packets whose checksum of protocol n is wrong
 * @param computed bit n: the link puts the checksum of protocol n into packets that it sends
 */
public record Offload(int verified, int computed) {
    /** The stack does it all. */
    public static final Offload NONE = new Offload(0, 0);

    /** The bit of the IPv4 header. */
    public static final int IPV4 = 1;

    /** The bit of ICMP. */
    public static final int ICMP = 1 << 1;

    /** The bit of TCP. */
    public static final int TCP = 1 << 6;

    /** The bit of UDP. */
    public static final int UDP = 1 << 17;

    /** The link does it all. */
    public static final Offload ALL = new Offload(IPV4 | ICMP | TCP | UDP, IPV4 | ICMP | TCP | UDP);

    /**
     * Whether the link has verified what it received.
     *
     * @param protocol 0 to 31
     * @return true if the stack need not
     */
    public boolean verifies(int protocol) {
        return (verified >>> protocol & 1) != 0;
    }

    /**
     * Whether the link computes the checksum of what it sends.
     *
     * @param protocol 0 to 31
     * @return true if the stack need not
     */
    public boolean computes(int protocol) {
        return (computed >>> protocol & 1) != 0;
    }
}
