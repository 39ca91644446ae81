// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Routes, of which that with the longest prefix is taken (RFC 1812, section 5.2.4.3), and of equals that which came first. */
final class RouteTable {
    private static final Comparator<Route> LONGEST_FIRST =
            Comparator.comparingInt(route -> -route.destination().length());

    private final List<Route> routes = new ArrayList<>();

    void add(Route route) {
        routes.add(route);
        routes.sort(LONGEST_FIRST);
    }

    boolean removeIf(Predicate<Route> condition) {
        return routes.removeIf(condition);
    }

    List<Route> all() {
        return List.copyOf(routes);
    }

    /** The route to an address, or {@link Route#NONE}. */
    Route find(int destination) {
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).destination().contains(destination)) {
                return routes.get(i);
            }
        }
        return Route.NONE;
    }

    /** The route to an address through one interface, or {@link Route#NONE}. */
    Route find(int destination, NetworkInterface via) {
        for (int i = 0; i < routes.size(); i++) {
            Route route = routes.get(i);
            if (route.via() == via && route.destination().contains(destination)) {
                return route;
            }
        }
        return Route.NONE;
    }

    /** The route with the longest prefix that does not lead to this host itself: groups are thought to be there. */
    Route first() {
        for (int i = 0; i < routes.size(); i++) {
            if (!routes.get(i).via().isLoopback()) {
                return routes.get(i);
            }
        }
        return Route.NONE;
    }
}
