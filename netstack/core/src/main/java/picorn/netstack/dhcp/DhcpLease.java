// SPDX-License-Identifier: MIT
package picorn.netstack.dhcp;

import java.util.List;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;

/**
 * What a DHCP client has been given.
 *
 * @param address its address and network
 * @param routers the ways out of the network, the best first
 * @param dnsServers who resolves names, the best first
 * @param mtu octets of the largest packet, 0 if the server did not say
 * @param server who gave it
 * @param renewAt when that server is asked to renew it (T1), nanoseconds
 * @param rebindAt when any server is asked to (T2), nanoseconds
 * @param expiresAt when the address is given up, nanoseconds; {@link picorn.netstack.context.Timed#NEVER} if it lasts
 */
public record DhcpLease(
        Ipv4Prefix address,
        List<Ipv4Address> routers,
        List<Ipv4Address> dnsServers,
        int mtu,
        Ipv4Address server,
        long renewAt,
        long rebindAt,
        long expiresAt) {}
