// SPDX-License-Identifier: MIT
package picorn.netstack.dhcp;

import java.util.function.Consumer;
import picorn.netstack.address.Ipv4Prefix;

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
     * Sees whether another host uses an address, and if none does, gives it to the interface.
     *
     * @param address the one that a server gives, with its network
     * @param result told once, at once or later
     */
    void probe(Ipv4Prefix address, Consumer<Probe> result);

    /**
     * Takes what comes with an address, in place of what came before.
     *
     * @param lease the lease of the address that the interface has
     */
    void configure(DhcpLease lease);

    /**
     * Gives a lease up, the address and what came with it.
     *
     * @param lease the one that was taken
     */
    void deconfigure(DhcpLease lease);
}
