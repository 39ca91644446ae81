// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import java.util.ArrayDeque;
import java.util.function.Predicate;
import picorn.netstack.address.IpAddress;
import picorn.netstack.context.MemoryBudget;
import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.ip.Cast;
import picorn.netstack.ip.ErrorSender;
import picorn.netstack.ip.IpError;
import picorn.netstack.ip.IpOutput;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.ip.Route;
import picorn.netstack.ip.Transport;
import picorn.netstack.octets.Malformed;

/**
 * TCP (RFC 9293): opens connections, and delivers segments to them.
 *
 * <pre>{@code
 * TcpListener listener = stack.tcp().listen(7, TcpConfig.DEFAULT);
 * TcpSocket socket = stack.tcp().connect(Ipv4Address.parse("10.0.2.15"), 80, TcpConfig.DEFAULT);
 * }</pre>
 */
public final class Tcp implements Transport, Timed {
    private final StackContext context;
    private final TcpCounters counters;
    private final Segment segment = new Segment();
    private final ArrayDeque<Flow> told = new ArrayDeque<>();
    private final SegmentWriter writer;
    private final Output output;
    private final Timers timers;
    private final SegmentArrives segmentArrives;
    private final ListenArrives listenArrives;
    private final ErrorArrives errorArrives;
    private final UserCalls user;
    private final PortPicker ports;
    private final Flows flows;
    private final Nobody nobody;
    private final TcpModules modules;
    /** Who takes what nobody listens for: true if it does. */
    private Predicate<Segment> unclaimed = s -> false;

    /** What arrives. */
    private IpPacket arriving;

    /**
     * TCP without connections.
     *
     * @param context the stack's
     * @param ip how segments are sent
     * @param modules what it knows beyond the least
     */
    public Tcp(StackContext context, IpOutput ip, TcpModules modules) {
        this.modules = modules;
        this.context = context;
        counters = new TcpCounters(context.counters());
        flows = new Flows(this, context, modules);
        nobody = new Nobody(this, context);
        ports = new PortPicker(context.random());
        writer = new SegmentWriter(context, ip, counters);
        output = new Output(context, writer, counters, flows.queue());
        timers = new Timers(this, output);
        segmentArrives = new SegmentArrives(this, context, output);
        listenArrives = new ListenArrives(this, context, output, modules.defence(this, context));
        errorArrives = new ErrorArrives(output);
        user = new UserCalls(this, context, output);
        context.atEnd(this::tellUsers);
    }

    /**
     * Takes connections to a port of any local address.
     *
     * @param port 1 to 65535
     * @param config how its connections behave
     * @return the listener, to be closed by the caller
     * @throws IllegalStateException if somebody listens there
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public TcpListener listen(int port, TcpConfig config) {
        return listen(0, 0, port, config);
    }

    /**
     * Takes connections to a port of one local address.
     *
     * @param local the address
     * @param port 1 to 65535
     * @param config how its connections behave
     * @return the listener, to be closed by the caller
     * @throws IllegalStateException if somebody listens there
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public TcpListener listen(IpAddress local, int port, TcpConfig config) {
        return listen(local.high(), local.low(), port, config);
    }

    private TcpListener listen(long high, long low, int port, TcpConfig config) {
        checkPort(port);
        TcpListener listener = new TcpListener(this, config);
        listener.addresses.source(high, low);
        listener.localPort = port;
        if (!flows.isFree(listener)) {
            throw new IllegalStateException("somebody listens at TCP port " + port + "; close that listener first");
        }
        context.budget().demand(TcpListener.memory(config), "a TCP listener");
        if (!flows.table().add(listener)) {
            context.budget().release(TcpListener.memory(config));
            context.budget().demand(context.budget().limit(), "the table of TCP connections");
        }
        return listener;
    }

    /**
     * Says who decides on requests for connections that no listener takes, and on those for other hosts that
     * {@link picorn.netstack.ip.Interception} brings here.
     *
     * @param decides such requests are refused before
     * @param tells who tells peers that an address is not reached
     */
    public void intercept(TcpInterceptor decides, ErrorSender tells) {
        unclaimed = new TcpInterception(this, context, decides, tells);
    }

    /** Whether somebody takes a segment that is for nobody. */
    boolean isClaimed(Segment s) {
        return unclaimed.test(s);
    }

    void close(TcpListener listener, long memory) {
        flows.table().remove(listener);
        context.budget().release(memory);
    }

    /**
     * Connects from a port of the stack's choice; the request goes out at once.
     *
     * @param remote the peer's address
     * @param port the peer's port, 1 to 65535
     * @param config how the connection behaves
     * @return the socket, to be closed by the caller; one that cannot even ask has failed
     */
    public TcpSocket connect(IpAddress remote, int port, TcpConfig config) {
        Connection c = connection(config, remote, port);
        if (writer.route(c) == Route.NONE) {
            return failed(c, TcpFailure.UNREACHABLE);
        }
        for (int tries = ports.count(); tries > 0; tries--) {
            c.localPort = ports.pick(c);
            if (flows.isFree(c) && !isListening(c.localPort)) {
                return open(c);
            }
        }
        return failed(c, TcpFailure.OUT_OF_MEMORY);
    }

    /**
     * Connects from a given address and port; the request goes out at once.
     *
     * @param local this side's address, or an unspecified one
     * @param localPort this side's port, 1 to 65535
     * @param remote the peer's address
     * @param port the peer's port, 1 to 65535
     * @param config how the connection behaves
     * @return the socket, to be closed by the caller; one that cannot even ask has failed
     * @throws IllegalStateException if there is a connection of these addresses and ports
     */
    public TcpSocket connect(IpAddress local, int localPort, IpAddress remote, int port, TcpConfig config) {
        checkPort(localPort);
        Connection c = connection(config, remote, port);
        c.addresses.source(local.high(), local.low());
        c.localPort = localPort;
        if (writer.route(c) == Route.NONE) {
            return failed(c, TcpFailure.UNREACHABLE);
        }
        if (!flows.isFree(c)) {
            throw new IllegalStateException(
                    "there is a connection from TCP port " + localPort + " to this peer; take another local port");
        }
        return open(c);
    }

    private Connection connection(TcpConfig config, IpAddress remote, int port) {
        checkPort(port);
        Connection c = new Connection(this, config);
        c.addresses.anySource().destination(remote.high(), remote.low());
        c.remotePort = port;
        return c;
    }

    /** A socket that has failed from the beginning. */
    TcpSocket failed(Connection c, TcpFailure why) {
        c.failure = why;
        c.released = true;
        counters.failed.count();
        return new TcpSocket(c);
    }

    private TcpSocket open(Connection c) {
        if (!flows.admit(c)) {
            return failed(c, TcpFailure.OUT_OF_MEMORY);
        }
        counters.opened.count();
        c.state = TcpState.SYN_SENT;
        output.sendSyn(c);
        return new TcpSocket(c);
    }

    private boolean isListening(int port) {
        nobody.listening(0, 0, port);
        return flows.find(nobody) != nobody;
    }

    private static void checkPort(int port) {
        if (port < 1 || port > 0xFFFF) {
            throw new IllegalArgumentException("a TCP port is 1 to 65535, not " + port);
        }
    }

    /**
     * The listeners and connections as people read them.
     *
     * @return a heading, then a line each: local and remote end, state, octets that wait to be read and to be acknowledged
     */
    public String connections() {
        return new ConnectionTable(flows.table()).toString();
    }

    @Override
    public int protocol() {
        return TcpFields.PROTOCOL;
    }

    @Override
    public void receive(IpPacket packet) throws Malformed {
        segment.parse(packet);
        counters.segmentsReceived.count();
        if (packet.cast() != Cast.UNICAST && packet.cast() != Cast.FOREIGN) {
            throw TcpDrop.NOT_UNICAST.malformed();
        }
        arriving = packet;
        deliver(segment);
    }

    /** Gives a segment to the connection that it is for, or to the listener, or to nobody. */
    void deliver(Segment s) {
        nobody.answering(s);
        Flow flow = flows.find(nobody);
        if (flow == nobody && arriving.cast() != Cast.FOREIGN) {
            flow = listener(s);
        }
        flow.arrives(s);
    }

    private Flow listener(Segment s) {
        nobody.listening(s.addresses.destinationHigh(), s.addresses.destinationLow(), s.destinationPort);
        Flow flow = flows.find(nobody);
        if (flow == nobody) {
            nobody.listening(0, 0, s.destinationPort);
            flow = flows.find(nobody);
        }
        return flow;
    }

    @Override
    public boolean error(IpError error) {
        nobody.sentBy(error);
        return flows.find(nobody).error(error);
    }

    /** The addresses and ports of an answer to the segment that is being delivered. */
    Flow answering(Segment s) {
        nobody.answering(s);
        flows.find(nobody); // computes its hash
        return nobody;
    }

    /** Answers a segment by a reset (RFC 9293, section 3.10.7.1). */
    void reset(Segment s) {
        if (s.has(TcpHeader.RST)) {
            return;
        }
        nobody.answering(s);
        counters.resetsSent.count();
        if (s.has(TcpHeader.ACK)) {
            writer.bare(nobody, s.ack, 0, TcpHeader.RST, 0);
        } else {
            writer.bare(nobody, 0, s.seq + s.length(), TcpHeader.RST | TcpHeader.ACK, 0);
        }
    }

    /** Resets the peer of a connection, if it knows of it. */
    void abort(Connection c) {
        if (c.state.compareTo(TcpState.SYN_SENT) > 0) {
            counters.resetsSent.count();
            writer.bare(c, c.snd.nxt, c.rcv.nxt, TcpHeader.RST | TcpHeader.ACK, 0);
        }
    }

    void tell(Flow flow) {
        if (!flow.changed) {
            flow.changed = true;
            told.add(flow);
        }
    }

    private void tellUsers() {
        for (Flow flow = told.poll(); flow != null; flow = told.poll()) {
            try {
                flow.tellUser();
            } finally {
                flow.changed = false;
            }
        }
    }

    @Override
    public long deadline() {
        return told.isEmpty() ? flows.queue().deadline() : context.now();
    }

    @Override
    public long poll(long now) {
        while (flows.queue().deadline() <= now) {
            flows.queue().first().wake(now);
        }
        return deadline();
    }

    int mss(Flow flow) {
        return writer.mss(flow);
    }

    Flows flows() {
        return flows;
    }

    MemoryBudget budget() {
        return context.budget();
    }

    SegmentWriter writer() {
        return writer;
    }

    Output output() {
        return output;
    }

    Timers timers() {
        return timers;
    }

    UserCalls user() {
        return user;
    }

    SegmentArrives segmentArrives() {
        return segmentArrives;
    }

    IpPacket arriving() {
        return arriving;
    }

    TcpModules modules() {
        return modules;
    }

    ErrorArrives errorArrives() {
        return errorArrives;
    }

    ListenArrives listenArrives() {
        return listenArrives;
    }

    TcpCounters counters() {
        return counters;
    }

    long now() {
        return context.now();
    }
}
