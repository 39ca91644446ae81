// SPDX-License-Identifier: MIT
package picorn.netstack.dhcp;

import java.util.function.Consumer;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.MacAddress;

/** The interface that a DHCP client configures. */
public interface DhcpHost {
    /** Whether an address can be taken (RFC 5227, section 2.1). */
    enum Probe {
        /** Nobody uses it. */
        FREE,
        /** Another host uses it. */
        IN_USE
    }

    /**
     * Its Ethernet address, by which servers know the client.
     *
     * @return always the same one
     */
    MacAddress mac();

    /**
     * Sees whether another host uses an address.
     *
     * @param address the one that a server gives
     * @param result told once, at once or later
     */
    void probe(Ipv4Address address, Consumer<Probe> result);

    /**
     * Takes a lease, in place of one that it may have.
     *
     * @param lease address, routers and the rest
     */
    void configure(DhcpLease lease);

    /**
     * Gives a lease up.
     *
     * @param lease the one that was taken
     */
    void deconfigure(DhcpLease lease);
}
