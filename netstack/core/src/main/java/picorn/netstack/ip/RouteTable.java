// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picorn.netstack.address.Ipv4Address;

/** Routes, of which that with the longest prefix is taken (RFC 1812, section 5.2.4.3). */
final class RouteTable {
    private final List<Route> routes = new ArrayList<>();

    void add(Route route) {
        routes.add(route);
        routes.sort(
                Comparator.comparingInt((Route r) -> r.destination().length()).reversed());
    }

    /** The route to an address, or {@link Route#NONE}; 255.255.255.255 goes to the network with the longest prefix. */
    Route find(int destination) {
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            if (destination == Ipv4Address.BROADCAST.bits()
                    || route.destination().contains(destination)) {
                return route;
            }
        }
        return Route.NONE;
    }
}
