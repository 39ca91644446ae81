// SPDX-License-Identifier: MIT
package picorn.netstack.dhcp;

import java.util.List;
import picorn.netstack.address.Ipv4Address;

/**
 * What a DHCP server says of its network to those who have an address there (RFC 2132, sections 3 and 5).
 *
 * @param routers the ways out of the network, the best first
 * @param dnsServers who resolves names, the best first
 * @param mtu octets of the largest packet, 0 if the server did not say
 */
public record DhcpSettings(List<Ipv4Address> routers, List<Ipv4Address> dnsServers, int mtu) {
    private static final int SMALLEST_MTU = 68;

    static DhcpSettings of(DhcpOptions options) {
        long mtu = options.number(DhcpOption.INTERFACE_MTU).orElse(0);
        return new DhcpSettings(
                options.addresses(DhcpOption.ROUTER),
                options.addresses(DhcpOption.DOMAIN_NAME_SERVER),
                mtu >= SMALLEST_MTU ? (int) mtu : 0);
    }
}
