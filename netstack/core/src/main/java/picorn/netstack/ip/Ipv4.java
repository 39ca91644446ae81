// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picorn.netstack.address.AddressPair;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.context.Counter;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.Reported;
import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/**
 * IPv4 (RFC 791; RFC 1122, section 3): its interfaces with their addresses, its routes, and sending. What it does beyond that,
 * it does by the {@linkplain IpModule modules} that have joined it.
 */
public final class Ipv4 implements IpOutput, Timed {
    /** Octets of the largest packet. */
    public static final int LARGEST = 0xFFFF;

    private final StackContext context;
    private final Ipv4Input input;
    private final List<NetworkInterface> interfaces = new ArrayList<>();
    private final List<Timed> timed = new ArrayList<>();
    private final List<Reported> reported = new ArrayList<>();
    private final RouteTable routes = new RouteTable();
    private final Fragmentation whole = (packet, via, nextHop, mtu) -> drop(packet, Ipv4Drop.TOO_LARGE);
    private Fragmentation fragmentation = whole;
    private PathMtus pathMtus = (destination, linkMtu) -> linkMtu;
    private Groups groups = Groups.NONE;
    private ErrorSender errors = (packet, kind, detail) -> {};
    private NetworkInterface loopback = Route.NONE.via();
    private int identification;
    private final Counter sent;
    private final Counter unroutable;

    /**
     * IPv4 without interfaces, routes, transports and modules.
     *
     * @param context the stack's
     */
    public Ipv4(StackContext context) {
        this.context = context;
        identification = context.random().nextInt();
        input = new Ipv4Input(this, context);
        sent = context.counter("ipv4.sent");
        unroutable = context.counter("ipv4.unroutable");
    }

    /**
     * What the layers of the stack share.
     *
     * @return always the same one
     */
    public StackContext context() {
        return context;
    }

    /**
     * Receiving: where transports, and modules that receive, join.
     *
     * @return always the same one
     */
    public Ipv4Input input() {
        return input;
    }

    /**
     * Adds an interface, which is then driven and reported with the stack, and the routes to the networks of the addresses
     * that it has.
     *
     * @param link the interface
     */
    public void add(NetworkInterface link) {
        context.packets().fit(link.headroom() + link.mtu());
        interfaces.add(link);
        drive(link);
        if (link.isLoopback()) {
            loopback = link;
        }
    }

    /**
     * Gives an interface an address and adds the route to its network.
     *
     * @param link the interface
     * @param address the address with its network; nothing happens if the interface has it
     */
    public void add(NetworkInterface link, Ipv4Prefix address) {
        if (!address.equals(Ipv4Prefix.NONE) && !link.addresses().all().contains(address)) {
            link.addresses().add(address);
            routes.add(new Route(address, Ipv4Address.UNSPECIFIED, link));
        }
    }

    /**
     * Takes an address from an interface, and with it the route to its network and those through routers there.
     *
     * @param link the interface
     * @param address the address as it was added; nothing happens if the interface does not have it
     */
    public void remove(NetworkInterface link, Ipv4Prefix address) {
        AddressRemoval.from(link, address, routes);
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
        if (toGateway == Route.NONE || toGateway.gateway().bits() != 0) {
            throw new IllegalArgumentException(
                    "the router " + gateway + " is on no interface's network; add that first");
        }
        routes.add(new Route(destination, gateway, toGateway.via()));
    }

    /**
     * Adds a route, which may lead to neighbours on an interface without an address in their network.
     *
     * @param route the route
     */
    public void add(Route route) {
        routes.add(route);
    }

    /**
     * Takes a route away.
     *
     * @param route one of {@link #routes()}
     * @return false if there is no such route
     */
    public boolean remove(Route route) {
        return routes.removeIf(route::equals);
    }

    /**
     * The routes, those with long prefixes first.
     *
     * @return a list as it is now
     */
    public List<Route> routes() {
        return routes.all();
    }

    /**
     * The interfaces in the order in which they were added.
     *
     * @return not to be changed
     */
    public List<NetworkInterface> interfaces() {
        return interfaces;
    }

    /**
     * Has something polled with the stack.
     *
     * @param part what has deadlines
     */
    public void drive(Timed part) {
        timed.add(part);
    }

    /**
     * Drives something no longer.
     *
     * @param part what was driven
     */
    public void forget(Timed part) {
        timed.remove(part);
    }

    /**
     * Has something reported with the stack.
     *
     * @param part what has counters
     */
    public void reportOn(Reported part) {
        reported.add(part);
    }

    /**
     * A module that has joined, for what its users do with it.
     *
     * <pre>{@code
     * RawSockets raw = stack.ipv4().part(RawSockets.class).orElseThrow();
     * }</pre>
     *
     * @param type its class, one that has counters
     * @param <T> its class
     * @return the module; nothing if none of that class has joined
     */
    public <T extends Reported> Optional<T> part(Class<T> type) {
        return reported.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /**
     * Says who tells senders of packets that did not arrive.
     *
     * @param sender nobody does before
     */
    public void errorsTo(ErrorSender sender) {
        errors = sender;
    }

    /**
     * Who tells senders of packets that did not arrive.
     *
     * @return ICMP
     */
    public ErrorSender errors() {
        return errors;
    }

    /**
     * Says who cuts up packets that are too large.
     *
     * @param module they are dropped before
     */
    public void fragmentation(Fragmentation module) {
        fragmentation = module;
    }

    /**
     * Says who knows paths' MTUs.
     *
     * @param module the link's MTU is taken before
     * @param believed what it does with errors that a transport believes
     */
    public void pathMtus(PathMtus module, Consumer<IpError> believed) {
        pathMtus = module;
        input.believed(believed);
    }

    /**
     * Says who joins multicast groups.
     *
     * @param module nobody does before
     */
    public void groups(Groups module) {
        groups = module;
    }

    /**
     * Who joins multicast groups.
     *
     * @return the module
     */
    public Groups groups() {
        return groups;
    }

    /**
     * Whether an address is this host's.
     *
     * @param address bits of an IPv4 address
     * @return true if an interface has it
     */
    public boolean isOwn(int address) {
        for (int i = 0; i < interfaces.size(); i++) {
            if (interfaces.get(i).addresses().contains(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether an address means every host of a network that this host is on, or of this link.
     *
     * @param address bits of an IPv4 address
     * @return true for a broadcast address
     */
    public boolean isBroadcast(int address) {
        if (address == Ipv4Address.BROADCAST.bits()) {
            return true;
        }
        for (int i = 0; i < interfaces.size(); i++) {
            if (interfaces.get(i).addresses().isBroadcast(address)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes a packet off a link.
     *
     * @param in the packet, which may be followed by padding
     * @param linkCast to how many it was addressed on the link
     * @param from the link
     * @throws Malformed if it is to be dropped
     */
    public void receive(Octets in, Cast linkCast, NetworkInterface from) throws Malformed {
        input.receive(in, linkCast, from);
    }

    /**
     * The way to another host, without counting that there is none.
     *
     * @param destination bits of an IPv4 address
     * @return the route, or {@link Route#NONE}
     */
    Route find(int destination) {
        return routes.find(destination);
    }

    @Override
    public Route route(AddressPair addresses) {
        int destination = addresses.destinationIpv4();
        boolean here = isHere(destination);
        Route route = here ? loopback.addresses().direct() : found(destination);
        return chosen(route, addresses, here && destination >>> 24 != Ipv4Address.LOOPBACK_NETWORK);
    }

    @Override
    public Route route(AddressPair addresses, NetworkInterface via) {
        int destination = addresses.destinationIpv4();
        Route found = via.addresses().isEmpty() || isGroup(destination)
                ? via.addresses().direct()
                : routes.find(destination, via);
        return chosen(found, addresses, false);
    }

    private static boolean isGroup(int destination) {
        return Ipv4Address.isMulticast(destination) || destination == Ipv4Address.BROADCAST.bits();
    }

    private boolean isHere(int destination) {
        return destination >>> 24 == Ipv4Address.LOOPBACK_NETWORK || isOwn(destination);
    }

    private Route found(int destination) {
        if (destination == 0) {
            return Route.NONE;
        }
        return isGroup(destination) ? routes.first().via().addresses().direct() : routes.find(destination);
    }

    private Route chosen(Route route, AddressPair addresses, boolean fromItself) {
        if (route == Route.NONE || !addresses.isIpv4()) {
            unroutable.count();
            return Route.NONE;
        }
        if (addresses.sourceIpv4() == 0) {
            int destination = addresses.destinationIpv4();
            addresses.setIpv4(fromItself ? destination : sourceOf(route, destination), destination);
        }
        return route;
    }

    /** The address of the interface in the network of the next hop, else its first. */
    private static int sourceOf(Route route, int destination) {
        Ipv4Prefix network = route.via().addresses().networkOf(route.nextHop(destination));
        return (network == Ipv4Prefix.NONE ? route.via().ipv4() : network)
                .address()
                .bits();
    }

    @Override
    public int pathMtu(Route route, AddressPair addresses) {
        return pathMtus.mtu(addresses.destinationIpv4(), route.via().mtu());
    }

    @Override
    public int maxPayload(Route route) {
        return fragmentation == whole ? route.maxPayload() : LARGEST - Ipv4Fields.SIZE;
    }

    @Override
    public SendResult check(Route route, int length, SendOptions options) {
        if (route == Route.NONE) {
            return SendResult.NO_ROUTE;
        }
        if (length > (options.flags() == 0 ? maxPayload(route) : route.maxPayload())) {
            return SendResult.TOO_LARGE;
        }
        if (context.packets().isDry(headroom(route, options) + length)) {
            context.drops().count(Drop.MEMORY_DRY);
            return SendResult.OUT_OF_MEMORY;
        }
        return SendResult.SENT;
    }

    @Override
    public PacketBuffer start(Route route, int length, SendOptions options) {
        int headroom = headroom(route, options);
        PacketBuffer packet = context.packets().take(headroom + length);
        packet.start(headroom, length);
        return packet;
    }

    private static int headroom(Route route, SendOptions options) {
        return route.headroom() + options.headerOptions().length();
    }

    @Override
    public void send(PacketBuffer data, Route route, AddressPair addresses, int protocol, SendOptions options) {
        Octets extra = options.headerOptions();
        Octets out = data.prepend(Ipv4Fields.SIZE + extra.length());
        identification++;
        Ipv4Fields.write(
                out,
                out.length(),
                identification,
                options.flags(),
                options.hopLimit(),
                protocol,
                addresses.sourceIpv4(),
                addresses.destinationIpv4());
        Ipv4Fields.TYPE_OF_SERVICE.set(out, options.typeOfService());
        if (extra.length() > 0) {
            HeaderOptions.put(out, extra);
        }
        sent.count();
        groups.sent(out, route.via());
        transmit(data, route.via(), route.nextHop(addresses.destinationIpv4()));
    }

    /**
     * Sends a packet whose header is complete but for its checksum, in pieces if need be, and puts its buffer back.
     *
     * @param packet the packet
     * @param via where it goes
     * @param nextHop to which neighbour
     */
    public void transmit(PacketBuffer packet, NetworkInterface via, int nextHop) {
        Octets out = packet.octets();
        int mtu = via.mtu();
        boolean whole = Ipv4Fields.isWhole(out);
        if (!whole) {
            mtu = pathMtus.mtu(Ipv4Fields.DESTINATION.get(out), mtu);
        }
        if (out.length() <= mtu) {
            Ipv4Fields.seal(out, via.offload());
            via.sendIpv4(packet, nextHop);
        } else if (whole) {
            drop(packet, Ipv4Drop.TOO_LARGE);
        } else {
            fragmentation.send(packet, via, nextHop, mtu);
        }
    }

    private void drop(PacketBuffer packet, Drop reason) {
        context.drops().count(reason);
        context.packets().giveBack(packet);
    }

    @Override
    public long deadline() {
        long deadline = NEVER;
        for (int i = 0; i < timed.size(); i++) {
            deadline = Math.min(deadline, timed.get(i).deadline());
        }
        return deadline;
    }

    @Override
    public long poll(long now) {
        for (int i = 0; i < timed.size(); i++) {
            timed.get(i).poll(now);
        }
        return deadline();
    }

    /**
     * What its modules report beyond counters.
     *
     * @return in the order in which they joined
     */
    public List<Reported> reported() {
        return reported;
    }
}
