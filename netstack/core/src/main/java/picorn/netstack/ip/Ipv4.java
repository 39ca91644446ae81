// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import java.util.ArrayList;
import java.util.List;
import picorn.netstack.address.AddressPair;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.Report;
import picorn.netstack.context.Reported;
import picorn.netstack.context.StackContext;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** IPv4 of a host (RFC 791; RFC 1122, section 3): takes what is addressed to it, sends by its routes, does not forward. */
public final class Ipv4 implements IpOutput, Reported {
    private static final int TIME_TO_LIVE = 64;

    private final StackContext context;
    private final Transport[] transports = new Transport[256];
    private final List<NetworkInterface> interfaces = new ArrayList<>();
    private final RouteTable routes = new RouteTable();
    private final IpPacket packet = new IpPacket();
    private ErrorSender errors = (packet, reason) -> {};
    private int identification;
    private long received;
    private long delivered;
    private long sent;
    private long unroutable;

    /**
     * IPv4 without interfaces, routes and transports.
     *
     * @param context the stack's
     */
    public Ipv4(StackContext context) {
        this.context = context;
        identification = context.random().nextInt();
    }

    /**
     * Adds an interface and the route to its network.
     *
     * @param link the interface
     */
    public void add(NetworkInterface link) {
        interfaces.add(link);
        routes.add(new Route(link.ipv4(), Ipv4Address.UNSPECIFIED, link));
    }

    /**
     * Adds a route through a router.
     *
     * @param destination the network that is reached
     * @param gateway the router, which must be a neighbour
     * @throws IllegalArgumentException if it is not
     */
    public void route(Ipv4Prefix destination, Ipv4Address gateway) {
        Route toGateway = routes.find(gateway.bits());
        if (toGateway == Route.NONE) {
            throw new IllegalArgumentException(
                    "the router " + gateway + " is on no interface's network; add that first");
        }
        routes.add(new Route(destination, gateway, toGateway.via()));
    }

    /**
     * Adds a protocol.
     *
     * @param transport who takes its packets
     */
    public void add(Transport transport) {
        transports[transport.protocol()] = transport;
    }

    /**
     * Says who tells senders of packets that reached nobody.
     *
     * @param errors nobody does before
     */
    public void errorsTo(ErrorSender errors) {
        this.errors = errors;
    }

    /**
     * Takes a packet off a link.
     *
     * @param in the packet, which may be followed by padding
     * @param linkCast to how many it was addressed on the link
     * @throws Malformed if it is to be dropped
     */
    public void receive(Octets in, Cast linkCast) throws Malformed {
        Ipv4Header.check(in);
        received++;
        int destination = Ipv4Header.DESTINATION.get(in);
        Cast cast = castOf(destination);
        if (cast == Cast.UNICAST && linkCast != Cast.UNICAST) {
            throw Drop.IPV4_LINK_BROADCAST.malformed();
        }
        checkSource(Ipv4Header.SOURCE.get(in));
        if (Ipv4Header.isFragment(in)) {
            throw Drop.IPV4_FRAGMENT.malformed();
        }
        deliver(in, destination, cast);
    }

    private void deliver(Octets in, int destination, Cast cast) throws Malformed {
        packet.addresses().setIpv4(Ipv4Header.SOURCE.get(in), destination);
        packet.set(
                in,
                Ipv4Header.headerLength(in),
                Ipv4Header.TOTAL_LENGTH.get(in),
                Ipv4Header.TIME_TO_LIVE.get(in),
                cast);
        Transport transport = transports[Ipv4Header.PROTOCOL.get(in)];
        if (transport == null) {
            errors.unreachable(packet, Unreachable.PROTOCOL);
            throw Drop.IPV4_PROTOCOL_UNKNOWN.malformed();
        }
        transport.receive(packet);
        delivered++;
    }

    private Cast castOf(int destination) throws Malformed {
        if (destination == Ipv4Address.BROADCAST.bits()) {
            return Cast.BROADCAST;
        }
        for (int i = 0; i < interfaces.size(); i++) {
            Ipv4Prefix own = interfaces.get(i).ipv4();
            if (destination == own.address().bits()) {
                return Cast.UNICAST;
            }
            if (own.isBroadcast(destination)) {
                return Cast.BROADCAST;
            }
        }
        throw Drop.IPV4_NOT_FOR_US.malformed();
    }

    private void checkSource(int source) throws Malformed {
        boolean possible = source == 0 || Ipv4Address.isHost(source);
        for (int i = 0; i < interfaces.size() && possible; i++) {
            Ipv4Prefix own = interfaces.get(i).ipv4();
            possible = source != own.address().bits() && !own.isBroadcast(source);
        }
        if (!possible) {
            throw Drop.IPV4_BAD_SOURCE.malformed();
        }
    }

    private boolean isOwn(int destination) {
        for (int i = 0; i < interfaces.size(); i++) {
            if (interfaces.get(i).ipv4().address().bits() == destination) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Route route(AddressPair addresses) {
        int destination = addresses.destinationIpv4();
        if (!addresses.isIpv4() || destination == 0 || isOwn(destination)) {
            unroutable++;
            return Route.NONE;
        }
        Route route = routes.find(destination);
        if (route == Route.NONE) {
            unroutable++;
        } else if (addresses.sourceIpv4() == 0) {
            addresses.setIpv4(route.via().ipv4().address().bits(), destination);
        }
        return route;
    }

    @Override
    public void send(PacketBuffer data, Route route, AddressPair addresses, int protocol) {
        int destination = addresses.destinationIpv4();
        Octets out = data.prepend(Ipv4Header.SIZE);
        identification++;
        Ipv4Header.write(
                out, out.length(), identification, 0, TIME_TO_LIVE, protocol, addresses.sourceIpv4(), destination);
        Ipv4Header.seal(out);
        sent++;
        route.via().sendIpv4(data, route.nextHop(destination));
    }

    @Override
    public void report(Report report) {
        report.add("ipv4.received", received)
                .add("ipv4.delivered", delivered)
                .add("ipv4.sent", sent)
                .add("ipv4.unroutable", unroutable);
    }
}
