// SPDX-License-Identifier: MIT
package picorn.netstack.dhcp;

import java.util.List;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;

/**
 * What a DHCP client has been given.
 *
 * @param address its address and network
 * @param settings what the server says of the network
 * @param server who gave it
 * @param renewAt when that server is asked to renew it (T1), nanoseconds
 * @param rebindAt when any server is asked to (T2), nanoseconds
 * @param expiresAt when the address is given up, nanoseconds; {@link picorn.netstack.context.Timed#NEVER} if it lasts
 */
public record DhcpLease(
        Ipv4Prefix address, DhcpSettings settings, Ipv4Address server, long renewAt, long rebindAt, long expiresAt) {
    /**
     * The ways out of the network.
     *
     * @return the best first
     */
    public List<Ipv4Address> routers() {
        return settings.routers();
    }

    /**
     * Who resolves names.
     *
     * @return the best first
     */
    public List<Ipv4Address> dnsServers() {
        return settings.dnsServers();
    }

    /**
     * The largest packet.
     *
     * @return octets, 0 if the server did not say
     */
    public int mtu() {
        return settings.mtu();
    }
}
