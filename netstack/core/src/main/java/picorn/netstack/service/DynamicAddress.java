// SPDX-License-Identifier: MIT
package picorn.netstack.service;

import java.util.function.Consumer;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.arp.AddressClaim;
import picorn.netstack.arp.ClaimListener;
import picorn.netstack.dhcp.DhcpClient;
import picorn.netstack.dhcp.DhcpHost;
import picorn.netstack.dhcp.DhcpLease;
import picorn.netstack.dhcp.DhcpPort;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.stack.Stack;

/**
 * Lets an interface have the address that DHCP gives it, once it is seen that nobody uses it (RFC 5227), and with it the way
 * through the router, the DNS servers and the MTU.
 *
 * <pre>{@code
 * EthernetInterface eth0 = stack.attach(new EthernetConfig("eth0", mac), wire.a());
 * DhcpClient dhcp = DynamicAddress.on(stack, eth0);
 * dhcp.start();
 * // ... poll, until:
 * dhcp.lease().ifPresent(lease -> ...);
 * }</pre>
 */
public final class DynamicAddress implements DhcpHost {
    private final LinkSettings network;
    private final AddressClaim claim;
    private Consumer<Probe> probing = result -> {};
    private Runnable taken = () -> {};

    private DynamicAddress(Stack stack, EthernetInterface link, LinkSettings network) {
        this.network = network;
        claim = AddressClaim.on(stack.ipv4(), link, link.arp(), new Claimed());
    }

    /**
     * Makes a DHCP client for an interface, which is driven and reported with the stack.
     *
     * @param stack the stack
     * @param link the interface, best without an address
     * @return the client, not started
     * @throws IllegalStateException if UDP port 68 is taken
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public static DhcpClient on(Stack stack, EthernetInterface link) {
        LinkSettings network = new LinkSettings(stack, link);
        DhcpPort port = network.port(); // which may be taken: before anything is claimed
        DynamicAddress host = new DynamicAddress(stack, link, network);
        DhcpClient client = new DhcpClient(port, host);
        host.taken = client::conflict;
        stack.ipv4().drive(client);
        stack.ipv4().reportOn(client);
        return client;
    }

    @Override
    public void probe(Ipv4Prefix address, Consumer<Probe> result) {
        probing = result;
        claim.start(address);
    }

    @Override
    public void configure(DhcpLease lease) {
        network.apply(lease.settings(), lease.address());
    }

    @Override
    public void deconfigure(DhcpLease lease) {
        network.revoke();
        claim.stop();
    }

    private final class Claimed implements ClaimListener {
        @Override
        public void granted() {
            probing.accept(Probe.FREE);
        }

        @Override
        public void refused() {
            probing.accept(Probe.IN_USE);
        }

        @Override
        public void lost() {
            taken.run();
        }
    }
}
