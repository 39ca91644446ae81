// SPDX-License-Identifier: MIT
package picorn.netstack.service;

import java.util.List;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.dhcp.DhcpPort;
import picorn.netstack.dhcp.DhcpSettings;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.ip.Route;
import picorn.netstack.stack.Stack;

/** Lets a stack do as a DHCP server says of an interface's network: the way through the router, the DNS servers, the MTU. */
final class LinkSettings {
    private final Stack stack;
    private final EthernetInterface link;
    private List<Route> routes = List.of();

    LinkSettings(Stack stack, EthernetInterface link) {
        this.stack = stack;
        this.link = link;
    }

    /** UDP port 68 for the interface's client. */
    DhcpPort port() {
        return new DhcpPort(stack.ipv4().context(), stack.udp(), link, link.mac());
    }

    /** Takes what is said, in place of what was said before, for an address and its network. */
    void apply(DhcpSettings settings, Ipv4Prefix network) {
        replace(routes(settings, network));
        stack.dns().servers(settings.dnsServers());
        link.mtu(settings.mtu() == 0 ? Integer.MAX_VALUE : settings.mtu());
    }

    /** Forgets what was said. */
    void revoke() {
        replace(List.of());
        stack.dns().servers(List.of());
        link.mtu(Integer.MAX_VALUE);
    }

    private void replace(List<Route> others) {
        routes.forEach(stack.ipv4()::remove);
        routes = others;
        routes.forEach(stack.ipv4()::add);
    }

    /** The way through the first router that is a neighbour. */
    private List<Route> routes(DhcpSettings settings, Ipv4Prefix network) {
        return settings.routers().stream()
                .filter(router -> network.contains(router.bits()))
                .limit(1)
                .map(router -> new Route(Ipv4Prefix.ALL, router, link))
                .toList();
    }
}
