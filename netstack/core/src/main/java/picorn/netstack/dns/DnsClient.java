// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picorn.netstack.address.IpAddress;
import picorn.netstack.context.Counter;
import picorn.netstack.context.OutOfMemoryBudget;
import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.octets.Drop;
import picorn.netstack.tcp.Tcp;
import picorn.netstack.udp.Udp;
import picorn.netstack.udp.UdpDatagram;

/** Finds the addresses of names and more, by asking recursive servers (RFC 1034, section 5.3; RFC 1123, section 6.1). */
public final class DnsClient implements Timed {
    /** Questions that can be under way at once; further lookups fail. */
    public static final int MOST_EXCHANGES = 16;

    private static final int QUEUE = DnsMessage.EDNS_OCTETS + 36;

    private final StackContext context;
    private final Udp udp;
    private final DnsMemory memory;
    private final DnsFallback fallback;
    private final List<DnsExchange> exchanges = new ArrayList<>();
    private final UdpDatagram datagram = new UdpDatagram(new byte[DnsMessage.EDNS_OCTETS]);
    private List<IpAddress> servers = List.of();
    private final Counter lookups;
    private final Counter hits;
    private final Counter queries;
    private final Counter failures;
    private final Counter underWay;

    /**
     * A client that knows no server.
     *
     * @param context the stack's
     * @param udp how servers are asked
     * @param tcp how they are asked when the answer is long
     * @param modules what it knows beyond the least
     * @throws OutOfMemoryBudget if the budget has no room for it
     */
    public DnsClient(StackContext context, Udp udp, Tcp tcp, DnsModules modules) {
        this.context = context;
        this.udp = udp;
        memory = modules.memory(context);
        fallback = modules.fallback(context, tcp);
        lookups = context.counter("dns.lookups");
        hits = context.counter("dns.answered-from-cache");
        queries = context.counter("dns.queries-sent");
        failures = context.counter("dns.failures");
        underWay = context.counter("dns.under-way");
        context.budget().demand(DnsMessage.EDNS_OCTETS, "the DNS client");
    }

    /**
     * Says which servers are to be asked, from now on; what others have told is forgotten.
     *
     * @param servers those to be asked, the best first
     */
    public void servers(List<? extends IpAddress> servers) {
        if (!servers.equals(this.servers)) {
            this.servers = List.copyOf(servers);
            memory.clear();
        }
    }

    /**
     * The servers that are asked.
     *
     * @return a list that does not change
     */
    public List<IpAddress> servers() {
        return servers;
    }

    /**
     * Looks a name up. What is remembered of it is known at once; otherwise servers are asked, one question serving all lookups
     * of the same name and type.
     *
     * @param name about what
     * @param type the type of record that is wanted
     * @return the lookup, to be closed by the caller
     */
    public DnsQuery lookup(DnsName name, DnsType type) {
        lookups.count();
        if (!context.budget().reserve(DnsQuery.OCTETS)) {
            DnsQuery refused = new DnsQuery(this, name, type, 0);
            refused.finish(DnsAnswer.failed(DnsFailure.OUT_OF_MEMORY, name));
            return refused;
        }
        DnsQuery query = new DnsQuery(this, name, type, DnsQuery.OCTETS);
        resolve(query, name);
        return query;
    }

    private void resolve(DnsQuery query, DnsName name) {
        DnsQuestion question = new DnsQuestion(name, query.type());
        Optional<DnsAnswer> known = memory.find(question, context.now());
        if (known.isPresent()) {
            hits.count();
            conclude(query, known.get());
            return;
        }
        for (DnsExchange exchange : exchanges) {
            if (exchange.question().equals(question)) {
                exchange.join(query);
                return;
            }
        }
        start(query, question);
    }

    private void start(DnsQuery query, DnsQuestion question) {
        if (servers.isEmpty()) {
            conclude(query, DnsAnswer.failed(DnsFailure.NO_SERVER, question.name()));
        } else if (exchanges.size() == MOST_EXCHANGES || !context.budget().reserve(DnsExchange.OCTETS)) {
            conclude(query, DnsAnswer.failed(DnsFailure.OUT_OF_MEMORY, question.name()));
        } else {
            open(query, question);
        }
    }

    private void open(DnsQuery query, DnsQuestion question) {
        try {
            int id = context.random().nextInt() & 0xFFFF;
            DnsExchange exchange = new DnsExchange(this, question, servers, udp.bind(QUEUE), id);
            exchanges.add(exchange);
            underWay.count();
            exchange.join(query);
            exchange.ask();
        } catch (OutOfMemoryBudget e) {
            release(DnsExchange.OCTETS);
            conclude(query, DnsAnswer.failed(DnsFailure.OUT_OF_MEMORY, question.name()));
        }
    }

    DnsFallback fallback() {
        return fallback;
    }

    /** A server's answer, or that there will not be any, as far as a lookup is concerned. */
    void conclude(DnsQuery query, DnsAnswer answer) {
        if (answer.failure().isPresent() || !answer.records().isEmpty()) {
            failures.add(answer.failure().isPresent() ? 1 : 0);
            query.finish(answer);
        } else if (query.follow()) {
            resolve(query, answer.name());
        } else {
            conclude(query, DnsAnswer.failed(DnsFailure.ALIAS_CHAIN, answer.name()));
        }
    }

    boolean isUnderWay(DnsExchange exchange) {
        return exchanges.contains(exchange);
    }

    void end(DnsExchange exchange, DnsAnswer answer) {
        drop(exchange);
        exchange.end(answer);
    }

    private void drop(DnsExchange exchange) {
        exchanges.remove(exchange);
        underWay.add(-1);
        exchange.close();
        release(DnsExchange.OCTETS);
    }

    /** A lookup that is given up. */
    void forget(DnsQuery query) {
        for (DnsExchange exchange : List.copyOf(exchanges)) {
            if (exchange.isDesertedBy(query)) {
                drop(exchange);
            }
        }
    }

    DnsMemory memory() {
        return memory;
    }

    void release(int octets) {
        context.budget().release(octets);
    }

    long now() {
        return context.now();
    }

    UdpDatagram datagram() {
        return datagram;
    }

    void countQuery() {
        queries.count();
    }

    void countDrop(Drop reason) {
        context.drops().count(reason);
    }

    @Override
    public long deadline() {
        long deadline = NEVER;
        for (int i = 0; i < exchanges.size(); i++) {
            deadline = Math.min(deadline, exchanges.get(i).deadline());
        }
        return deadline;
    }

    @Override
    public long poll(long now) {
        while (deadline() <= now) {
            for (DnsExchange exchange : List.copyOf(exchanges)) {
                if (exchange.deadline() <= now && isUnderWay(exchange)) {
                    exchange.expire();
                }
            }
        }
        return deadline();
    }
}
