// SPDX-License-Identifier: MIT
package picorn.netstack.service;

import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;

/**
 * What a DHCP server gives to its clients.
 *
 * @param server the server's own address with the length of the network's prefix
 * @param first the first address of the pool
 * @param count addresses in the pool, 1 to 65536
 * @param router the router that clients are told
 * @param dns the DNS server that clients are told; they are told of none if it is unspecified
 * @param leaseSeconds how long an address is given for, 60 or more
 */
public record DhcpConfig(
        Ipv4Prefix server, Ipv4Address first, int count, Ipv4Address router, Ipv4Address dns, int leaseSeconds) {
    /** The shortest lease. */
    public static final int SHORTEST_LEASE = 60;

    /**
     * A configuration.
     *
     * @throws IllegalArgumentException if the pool does not lie in the network, or a number is out of range
     */
    public DhcpConfig {
        if (count < 1 || count > 65536) {
            throw new IllegalArgumentException("a DHCP pool has 1 to 65536 addresses, not " + count);
        }
        Ipv4Address last = new Ipv4Address(first.bits() + count - 1);
        if (!server.contains(first.bits()) || !server.contains(last.bits()) || server.isBroadcast(last.bits())) {
            throw new IllegalArgumentException(
                    "the DHCP pool " + first + " to " + last + " is not within the network of " + server);
        }
        if (leaseSeconds < SHORTEST_LEASE) {
            throw new IllegalArgumentException("a DHCP lease lasts 60 s or more, not " + leaseSeconds);
        }
    }
}
