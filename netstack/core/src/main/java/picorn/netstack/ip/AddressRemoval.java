// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.address.Ipv4Prefix;

/** Takes an address from an interface, which few stacks ever do. */
final class AddressRemoval {
    private AddressRemoval() {}

    /** And with it the route to its network and those through routers there. */
    static void from(NetworkInterface link, Ipv4Prefix address, RouteTable routes) {
        link.addresses().remove(address);
        routes.removeIf(route -> route.via() == link && isOver(route, address));
    }

    private static boolean isOver(Route route, Ipv4Prefix address) {
        int gateway = route.gateway().bits();
        return gateway == 0
                ? route.destination().equals(address)
                : route.via().addresses().networkOf(gateway) == Ipv4Prefix.NONE;
    }
}
