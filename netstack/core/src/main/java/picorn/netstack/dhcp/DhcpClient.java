// SPDX-License-Identifier: MIT
package picorn.netstack.dhcp;

import java.util.Optional;
import java.util.function.Consumer;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.context.Report;
import picorn.netstack.context.Reported;
import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.octets.Malformed;

/**
 * DHCP client of one interface (RFC 2131, section 4.4): gets an address, keeps it, gives it back. It asks as soon as it is
 * started, without the delay of up to ten seconds by which hosts that start together are to keep out of each other's way.
 */
public final class DhcpClient implements Timed, Reported {
    private static final long SECOND = 1_000_000_000L;
    private static final long SHORTEST_EXTENSION = 60 * SECOND;
    private static final long AFTER_CONFLICT = 10 * SECOND;
    private static final int REQUESTS = 5;

    private final StackContext context;
    private final DhcpPort port;
    private final DhcpHost host;
    private final DhcpRequests requests;
    private final DhcpExchange exchange;
    private DhcpState state = DhcpState.STOPPED;
    private Optional<DhcpLease> lease = Optional.empty();
    private Ipv4Address wanted = Ipv4Address.UNSPECIFIED;
    private Ipv4Address server = Ipv4Address.UNSPECIFIED;
    private int probes;
    private long deadline = NEVER;
    private long refusals;
    private long conflicts;

    /**
     * A client that is stopped.
     *
     * @param port how servers are asked
     * @param host what is configured
     */
    public DhcpClient(DhcpPort port, DhcpHost host) {
        this.port = port;
        this.host = host;
        context = port.context();
        requests = new DhcpRequests(port.mac());
        exchange = new DhcpExchange(context);
        port.listener(this::handle);
    }

    /** Asks for an address; without effect when that has been done. */
    public void start() {
        if (state == DhcpState.STOPPED) {
            discover();
        }
    }

    /**
     * Asks for the address that it had before, and if it cannot have that, for any (RFC 2131, section 3.2).
     *
     * @param before the address
     */
    public void start(Ipv4Address before) {
        if (state == DhcpState.STOPPED) {
            wanted = before;
            begin(DhcpState.REBOOTING);
            ask();
        }
    }

    /** Gives the address back and asks for none. */
    public void stop() {
        if (isBound()) {
            exchange.renumber();
            lease.ifPresent(
                    own -> port.send(requests.release(exchange.xid(), own.server(), address(own)), own.server()));
        }
        giveUp();
        enter(DhcpState.STOPPED, NEVER);
    }

    /**
     * Where it stands.
     *
     * @return the state
     */
    public DhcpState state() {
        return state;
    }

    /**
     * What it has been given.
     *
     * @return nothing when it has no address
     */
    public Optional<DhcpLease> lease() {
        return isBound() ? lease : Optional.empty();
    }

    private boolean isBound() {
        return state == DhcpState.BOUND || state == DhcpState.RENEWING || state == DhcpState.REBINDING;
    }

    private static Ipv4Address address(DhcpLease lease) {
        return lease.address().address();
    }

    private void enter(DhcpState next, long until) {
        state = next;
        deadline = until;
        exchange.turn();
    }

    /** A new exchange of messages. */
    private void begin(DhcpState next) {
        enter(next, NEVER);
        exchange.begin();
    }

    private void discover() {
        begin(DhcpState.SELECTING);
        ask();
    }

    /** Sends what the state calls for, and says when to send it again. */
    private void ask() {
        if (state != DhcpState.REQUESTING) { // that takes over what the DISCOVER said, for the sake of relays
            exchange.count();
        }
        exchange.asked();
        int xid = exchange.xid();
        int secs = exchange.secs();
        switch (state) {
            case SELECTING -> port.broadcast(requests.discover(xid, secs));
            case REQUESTING -> port.broadcast(requests.select(xid, secs, server, wanted));
            case REBOOTING -> port.broadcast(requests.reboot(xid, secs, wanted));
            case RENEWING -> port.send(requests.extend(xid, secs, wanted), server);
            case REBINDING -> port.broadcast(requests.extend(xid, secs, wanted));
            default -> throw new IllegalStateException("nothing to ask for in state " + state);
        }
        deadline = exchange.askedAt() + (isBound() ? untilNextExtension() : exchange.patience());
    }

    /** Half of what is left until the next step, but a minute at least (RFC 2131, section 4.4.5). */
    private long untilNextExtension() {
        long left = nextStepAt() - context.now();
        return Math.min(left, Math.max(left / 2, SHORTEST_EXTENSION));
    }

    private long nextStepAt() {
        DhcpLease own = lease.orElseThrow();
        return switch (state) {
            case BOUND -> own.renewAt();
            case RENEWING -> own.rebindAt();
            default -> own.expiresAt();
        };
    }

    @Override
    public long deadline() {
        return deadline;
    }

    @Override
    public long poll(long now) {
        while (deadline <= now) {
            due(now);
        }
        return deadline;
    }

    private void due(long now) {
        switch (state) {
            case INIT -> discover();
            case SELECTING -> ask();
            case REQUESTING, REBOOTING -> askAgainOrStartOver();
            case BOUND -> extend(DhcpState.RENEWING);
            case RENEWING, REBINDING -> extendFurther(now);
            default -> deadline = NEVER;
        }
    }

    private void askAgainOrStartOver() {
        if (exchange.tries() < REQUESTS) {
            ask();
        } else {
            discover();
        }
    }

    private void extend(DhcpState next) {
        begin(next);
        ask();
    }

    private void extendFurther(long now) {
        if (now < nextStepAt()) {
            ask();
        } else if (state == DhcpState.RENEWING) {
            extend(DhcpState.REBINDING);
        } else {
            giveUp();
            discover();
        }
    }

    private void giveUp() {
        boolean begun = isBound() || state == DhcpState.PROBING;
        Optional<DhcpLease> own = lease;
        lease = Optional.empty();
        if (begun) {
            own.ifPresent(host::deconfigure);
        }
    }

    private void handle(DhcpMessage message) throws Malformed {
        if (message.xid() != exchange.xid()) {
            throw DhcpDrop.IGNORED.malformed();
        }
        switch (message.type().orElse(DhcpMessageType.INFORM)) {
            case OFFER -> offered(message);
            case ACK -> granted(message);
            case NAK -> refused(message);
            default -> throw DhcpDrop.IGNORED.malformed();
        }
    }

    private void offered(DhcpMessage message) throws Malformed {
        Optional<Ipv4Address> from = message.options().address(DhcpOption.SERVER_IDENTIFIER);
        if (state != DhcpState.SELECTING
                || from.isEmpty()
                || !Ipv4Address.isHost(message.yiaddr().bits())) {
            throw DhcpDrop.IGNORED.malformed();
        }
        server = from.get();
        wanted = message.yiaddr();
        enter(DhcpState.REQUESTING, NEVER);
        ask();
    }

    private boolean awaitsDecision() {
        return switch (state) {
            case REQUESTING, REBOOTING, RENEWING, REBINDING -> true;
            default -> false;
        };
    }

    private boolean isFromAnother(DhcpMessage message) {
        return state == DhcpState.REQUESTING
                && !message.options().address(DhcpOption.SERVER_IDENTIFIER).equals(Optional.of(server));
    }

    private void granted(DhcpMessage message) throws Malformed {
        Optional<DhcpLease> given = DhcpLeases.of(message, exchange.askedAt());
        if (!awaitsDecision() || isFromAnother(message) || given.isEmpty()) {
            throw DhcpDrop.IGNORED.malformed();
        }
        if (isBound() && message.yiaddr().equals(wanted)) {
            bind(given.get());
        } else {
            giveUp();
            probe(given.get());
        }
    }

    private void probe(DhcpLease given) {
        lease = Optional.of(given);
        enter(DhcpState.PROBING, NEVER);
        host.probe(given.address(), new Probing(given, ++probes));
    }

    /** What a probe of an address leads to; a class with a name, so that it can be saved while it is under way. */
    private final class Probing implements Consumer<DhcpHost.Probe> {
        private final DhcpLease given;
        private final int probe;

        Probing(DhcpLease given, int probe) {
            this.given = given;
            this.probe = probe;
        }

        @Override
        public void accept(DhcpHost.Probe result) {
            if (probe == probes && state == DhcpState.PROBING) {
                probed(given, result);
            }
        }
    }

    private void probed(DhcpLease given, DhcpHost.Probe result) {
        if (result == DhcpHost.Probe.FREE) {
            bind(given);
            return;
        }
        conflicts++;
        port.broadcast(requests.decline(exchange.xid(), given.server(), address(given)));
        lease = Optional.empty();
        enter(DhcpState.INIT, context.now() + AFTER_CONFLICT);
    }

    private void bind(DhcpLease given) {
        lease = Optional.of(given);
        wanted = address(given);
        server = given.server();
        enter(DhcpState.BOUND, given.renewAt());
        host.configure(given);
    }

    private void refused(DhcpMessage message) throws Malformed {
        if (!awaitsDecision() || isFromAnother(message)) {
            throw DhcpDrop.IGNORED.malformed();
        }
        refusals++;
        giveUp();
        enter(DhcpState.INIT, context.now() + SECOND);
    }

    /** What another host does with the address makes it unusable (RFC 5227, section 2.4): it is declined, another one asked for. */
    public void conflict() {
        if (isBound()) {
            DhcpLease own = lease.orElseThrow();
            giveUp();
            exchange.renumber();
            probed(own, DhcpHost.Probe.IN_USE);
        }
    }

    @Override
    public void report(Report report) {
        report.add("dhcp.sent", port.sent())
                .add("dhcp.refusals", refusals)
                .add("dhcp.conflicts", conflicts)
                .add("dhcp.bound", isBound() ? 1 : 0);
    }
}
