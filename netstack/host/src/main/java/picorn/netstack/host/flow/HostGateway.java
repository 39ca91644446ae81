// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picorn.netstack.address.IpAddress;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.context.Report;
import picorn.netstack.context.Reported;
import picorn.netstack.ip.ErrorKind;
import picorn.netstack.ip.Interception;
import picorn.netstack.service.DhcpServer;
import picorn.netstack.service.UserGateway;
import picorn.netstack.stack.Stack;
import picorn.netstack.tcp.ConnectionResets;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpFeature;
import picorn.netstack.tcp.TcpRequest;
import picorn.netstack.tcp.TcpSocket;

/**
 * Joins a gateway to this host's network: connections and datagrams of its clients go on through sockets of the host, as far as
 * {@link HostAccess} lets them, and {@linkplain Forward forwarded ports} of the host lead to the clients. All methods are for the
 * stack's thread.
 *
 * <pre>{@code
 * UserGateway gateway = UserGateway.transparent(wire.b(), seed);
 * try (HostGateway host = HostGateway.open(gateway, HostAccess.OUTSIDE, Resolvers.ofThisHost(), events::put)) {
 *     host.forward(Forward.parse("tcp:8080=:80"));
 *     host.start();
 *     ...
 *     network.poll(now);
 *     host.received(events.take());
 *     network.poll(now);
 * }
 * }</pre>
 */
public final class HostGateway implements Reported, Closeable {
    /** Send buffers hold what a wire's queue does, so that one connection does not overrun it. */
    private static final TcpConfig CONFIG =
            TcpConfig.DEFAULT.sendBuffer(64 * 1024).receiveBuffer(64 * 1024).with(TcpFeature.NO_DELAY);

    private final Stack stack;
    private final HostRoutes routes;
    private final HostSockets sockets;
    private final HostDatagramFlows datagrams;
    private final GuestEchoes echoes;
    private final DhcpServer dhcp;
    private final List<Forward> forwards = new ArrayList<>();
    private final Map<Integer, Request> requests = new HashMap<>();
    private final Map<Integer, GuestConnection> connections = new HashMap<>();
    private Runnable changed = () -> {};
    private boolean wasOpen;
    /** Flows that begin on this side have even numbers. */
    private int latestFlow;

    private long connected;
    private long arrived;
    private long refused;

    /**
     * A connection that is being made.
     *
     * @param request the guest's
     * @param further where to try next
     */
    private record Request(TcpRequest request, List<Target> further) {}

    private HostGateway(UserGateway gateway, HostRoutes routes, EventSink sink) throws IOException {
        this.routes = routes;
        stack = gateway.stack();
        dhcp = gateway.dhcp();
        sockets = new HostSockets(sink, routes.resolvers());
        echoes = new GuestEchoes(this, routes, stack);
        datagrams = new HostDatagramFlows(this, routes, stack);
        stack.tcp().intercept(this::requested, stack.ipv4().errors());
        stack.udp().intercept(datagrams);
        stack.ipv4().part(Interception.class).ifPresent(module -> module.others(echoes));
        stack.ipv4().drive(datagrams);
        stack.ipv4().drive(echoes);
        stack.ipv4().reportOn(this);
    }

    /**
     * Joins a gateway to the host; nothing passes before {@link #start}.
     *
     * @param gateway a {@linkplain UserGateway#transparent transparent} one
     * @param access what its clients may reach
     * @param resolvers the DNS servers that stand behind the gateway's port 53, such as {@link Resolvers#ofThisHost()}
     * @param sink the way back to this object's {@link #received}
     * @return it, to be closed by the caller
     * @throws IOException if the host has no more sockets
     */
    public static HostGateway open(
            UserGateway gateway, HostAccess access, List<InetSocketAddress> resolvers, EventSink sink)
            throws IOException {
        return new HostGateway(gateway, new HostRoutes(access, resolvers), sink);
    }

    /**
     * Opens a port of this host; before {@link #start}.
     *
     * @param forward which one, and where it leads
     * @return where it is, with the port that the host has chosen if 0 was asked for
     * @throws IOException if the port cannot be had
     */
    public InetSocketAddress forward(Forward forward) throws IOException {
        InetSocketAddress at = sockets.open(forward);
        forwards.add(forward);
        return at;
    }

    /** Begins to serve, by a thread of its own. */
    public void start() {
        sockets.start();
        tellIfChanged();
    }

    /**
     * Whether something may come from the host: a port is forwarded, or a flow is open.
     *
     * @return true if so
     */
    public boolean isOpen() {
        return !forwards.isEmpty() || flows() > 0;
    }

    /**
     * Says what is to be done when {@link #isOpen} changes.
     *
     * @param action called on the stack's thread
     */
    public void onChange(Runnable action) {
        changed = action;
    }

    /**
     * Flows that are open or being opened.
     *
     * @return a count
     */
    public int flows() {
        return requests.size() + connections.size() + datagrams.size() + echoes.size();
    }

    /**
     * Takes an event, between two calls of the stack's network: it is polled to the present time before, and again after.
     *
     * @param event as it was posted
     */
    public void received(byte[] event) {
        Message message = Message.parse(event);
        int flow = message.flow();
        switch (message.kind()) {
            case CONNECTED -> connected(flow);
            case REFUSED -> ended(flow, Optional.of(ErrorKind.PORT_UNREACHABLE));
            case UNREACHABLE -> ended(flow, Optional.of(ErrorKind.HOST_UNREACHABLE));
            case PROHIBITED -> ended(flow, Optional.of(ErrorKind.PROHIBITED));
            case ARRIVED -> arrived(flow, forwards.get(message.number()));
            case DATAGRAM -> fromHost(flow, message.octets());
            case RESET -> reset(flow);
            default -> pass(message);
        }
        tellIfChanged();
    }

    private void requested(TcpRequest request) {
        Optional<Target> target = isGuest(request.remoteAddress()) && request.remotePort() != 0 && !isFull()
                ? target(request)
                : Optional.empty();
        if (target.isEmpty()) {
            refused++;
            request.refuse();
            return;
        }
        boolean names = target.get().trust() == Target.Trust.CHOSEN && request.localPort() == HostRoutes.DNS;
        connect(request, target.get(), names ? routes.furtherResolvers() : List.of());
        tellIfChanged();
    }

    private void connect(TcpRequest request, Target target, List<Target> further) {
        int flow = newFlow();
        requests.put(flow, new Request(request, further));
        order(new Message(Message.Kind.CONNECT, flow, target.emit()));
    }

    private void fromHost(int flow, byte[] octets) {
        if (!echoes.answered(flow, octets)) {
            datagrams.fromHost(flow, octets);
        }
    }

    private static boolean isGuest(IpAddress address) {
        return address instanceof Ipv4Address ipv4 && UserGateway.ADDRESS.contains(ipv4.bits());
    }

    private Optional<Target> target(TcpRequest request) {
        return request.localAddress() instanceof Ipv4Address ipv4
                ? routes.find(ipv4.bits(), request.localPort())
                : Optional.empty();
    }

    private void connected(int flow) {
        Request request = requests.remove(flow);
        if (request != null) {
            connected++;
            begin(flow, request.request().accept(CONFIG));
        }
    }

    private void arrived(int flow, Forward forward) {
        arrived++;
        if (isFull()) {
            order(Message.of(Message.Kind.RESET, flow));
        } else if (forward.protocol() == Forward.Protocol.TCP) {
            begin(flow, stack.tcp().connect(guest(forward), forward.port(), CONFIG));
        } else {
            datagrams.arrived(flow, forward, guest(forward));
        }
    }

    private Ipv4Address guest(Forward forward) {
        return forward.guest().or(dhcp::latest).orElse(UserGateway.FIRST_CLIENT);
    }

    private void begin(int flow, TcpSocket socket) {
        GuestConnection connection = new GuestConnection(flow, socket, this);
        connections.put(flow, connection);
        connection.proceed();
    }

    /** Ends what has failed; {@code why} is what the guest is told by ICMP, of connections only if their port is not just closed. */
    private void ended(int flow, Optional<ErrorKind> why) {
        Request failed = requests.remove(flow);
        if (failed != null) {
            requestFailed(failed, why.filter(kind -> kind != ErrorKind.PORT_UNREACHABLE));
        } else if (!echoes.failed(flow, why)) {
            why.ifPresentOrElse(kind -> datagrams.failed(flow, kind), () -> datagrams.remove(flow));
        }
    }

    private void requestFailed(Request failed, Optional<ErrorKind> told) {
        List<Target> further = failed.further();
        if (!further.isEmpty()) {
            connect(failed.request(), further.get(0), further.subList(1, further.size()));
            return;
        }
        refused++;
        TcpRequest request = failed.request();
        told.ifPresentOrElse(request::unreachable, request::refuse);
    }

    private void reset(int flow) {
        GuestConnection connection = connections.remove(flow);
        if (connection != null) {
            connection.reset();
        } else {
            ended(flow, Optional.empty());
        }
    }

    private void pass(Message message) {
        GuestConnection connection = connections.get(message.flow());
        if (connection == null) {
            return; // it has ended while the event was under way
        }
        switch (message.kind()) {
            case OCTETS -> connection.octets(message.octets());
            case CREDIT -> connection.credit(message.number());
            case END -> connection.hostEnded();
            default -> throw new IllegalArgumentException("no event of a host's: " + message.kind());
        }
    }

    /** The guest has ended a connection before its time. */
    void guestReset(int flow) {
        connections.remove(flow);
        order(Message.of(Message.Kind.RESET, flow));
        tellIfChanged();
    }

    /** Both sides have ended a connection. */
    void forget(int flow) {
        connections.remove(flow);
        tellIfChanged();
    }

    void order(Message order) {
        sockets.order(order);
    }

    void orderDatagram(Message order) {
        sockets.orderDatagram(order);
    }

    boolean isFull() {
        return flows() >= HostSockets.MOST_FLOWS;
    }

    int newFlow() {
        latestFlow += 2;
        return latestFlow;
    }

    void tellIfChanged() {
        if (wasOpen != isOpen()) {
            wasOpen = isOpen();
            changed.run();
        }
    }

    /**
     * Resets all connections, to both sides, for a network that is not the one any more that they were made in.
     *
     * @return how many the clients had
     */
    public int reset() {
        Stream.concat(requests.keySet().stream(), connections.keySet().stream())
                .forEach(flow -> order(Message.of(Message.Kind.RESET, flow)));
        requests.clear();
        connections.clear();
        int reset = ConnectionResets.all(stack.tcp());
        tellIfChanged();
        return reset;
    }

    @Override
    public void report(Report report) {
        report.add("host.connected", connected)
                .add("host.arrived", arrived)
                .add("host.refused", refused)
                .add("host.flows", flows());
    }

    /** Resets all flows, and gives up the ports. */
    @Override
    public void close() {
        sockets.close();
    }
}
