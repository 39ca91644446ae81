// SPDX-License-Identifier: MIT
package picorn.netstack.service;

import picorn.netstack.dhcp.DhcpInform;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.stack.Stack;

/**
 * Lets an interface whose address was set by hand have what DHCP says of its network (RFC 2131, section 3.4): the way through
 * the router, the DNS servers and the MTU.
 *
 * <pre>{@code
 * EthernetInterface eth0 = stack.attach(new EthernetConfig("eth0", mac, Ipv4Prefix.parse("10.0.2.50/24")), wire.a());
 * DhcpInform dhcp = InformedAddress.on(stack, eth0);
 * dhcp.start();
 * }</pre>
 */
public final class InformedAddress {
    private InformedAddress() {}

    /**
     * Makes a DHCP client for an interface, which is driven and reported with the stack.
     *
     * @param stack the stack
     * @param link the interface, which has an address when the client is started
     * @return the client, not started
     * @throws IllegalStateException if UDP port 68 is taken
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public static DhcpInform on(Stack stack, EthernetInterface link) {
        LinkSettings network = new LinkSettings(stack, link);
        DhcpInform client = new DhcpInform(network.port(), settings -> network.apply(settings, link.ipv4()));
        stack.ipv4().drive(client);
        stack.ipv4().reportOn(client);
        return client;
    }
}
