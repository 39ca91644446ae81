// SPDX-License-Identifier: MIT
package picorn.netstack.service;

import java.util.List;
import java.util.function.Consumer;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.arp.AddressClaim;
import picorn.netstack.arp.ClaimListener;
import picorn.netstack.dhcp.DhcpClient;
import picorn.netstack.dhcp.DhcpHost;
import picorn.netstack.dhcp.DhcpLease;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.ip.NetworkInterface;
import picorn.netstack.ip.Route;
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
    private final Stack stack;
    private final EthernetInterface link;
    private final AddressClaim claim;
    private Consumer<Probe> probing = result -> {};
    private Runnable taken = () -> {};

    private DynamicAddress(Stack stack, EthernetInterface link) {
        this.stack = stack;
        this.link = link;
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
        DynamicAddress host = new DynamicAddress(stack, link);
        DhcpClient client = new DhcpClient(stack.ipv4().context(), stack.udp(), host);
        host.taken = client::conflict;
        stack.ipv4().drive(client);
        stack.ipv4().reportOn(client);
        return client;
    }

    @Override
    public NetworkInterface link() {
        return link;
    }

    @Override
    public MacAddress mac() {
        return link.mac();
    }

    @Override
    public void probe(Ipv4Prefix address, Consumer<Probe> result) {
        probing = result;
        claim.start(address);
    }

    @Override
    public void configure(DhcpLease lease) {
        routes(lease).forEach(stack.ipv4()::remove);
        routes(lease).forEach(stack.ipv4()::add);
        stack.dns().servers(lease.dnsServers());
    }

    @Override
    public void deconfigure(DhcpLease lease) {
        routes(lease).forEach(stack.ipv4()::remove);
        stack.dns().servers(List.of());
        claim.stop();
    }

    /** The way through the first router that is a neighbour. */
    private List<Route> routes(DhcpLease lease) {
        return lease.routers().stream()
                .filter(router -> lease.address().contains(router.bits()))
                .limit(1)
                .map(router -> new Route(Ipv4Prefix.ALL, router, link))
                .toList();
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
