// SPDX-License-Identifier: MIT
package picorn.netstack.stack;

import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.context.MemoryBudget;
import picorn.netstack.context.Report;
import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.dns.DnsClient;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetFields;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.icmp.Icmpv4;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.octets.Drop;
import picorn.netstack.tcp.Tcp;
import picorn.netstack.udp.Udp;

/**
 * A TCP/IP stack. It has no clock and no thread: frames come in through its interfaces, time through {@link #poll}, and calls
 * of its sockets happen at the time of the last of these.
 *
 * <pre>{@code
 * Stack stack = new Stack(StackConfig.client().called("host").seed(1));
 * EthernetInterface eth0 = stack.attach(
 *         new EthernetConfig("eth0", MacAddress.parse("02:00:00:00:00:01"), Ipv4Prefix.parse("10.0.2.3/24")), wire.a());
 * wire.a().connect(eth0);
 * }</pre>
 */
public final class Stack implements Timed {
    /** What its own objects take, tables of fixed size included. */
    private static final int OCTETS = 5 * 1024;

    private final String name;
    private final StackContext context;
    private final Ipv4 ipv4;
    private final Icmpv4 icmp;
    private final Udp udp;
    private final Tcp tcp;
    private final DnsClient dns;

    /**
     * A stack without interfaces.
     *
     * @param config its name, randomness and memory
     * @throws picorn.netstack.context.OutOfMemoryBudget if the memory does not suffice for anything
     */
    public Stack(StackConfig config) {
        name = config.name();
        MemoryBudget budget = new MemoryBudget(config.memory());
        budget.demand(OCTETS, "a stack");
        context = new StackContext(config.random(), budget, EthernetFields.SIZE + EthernetInterface.MTU);
        ipv4 = new Ipv4(context);
        icmp = new Icmpv4(context, ipv4);
        udp = new Udp(context, ipv4, icmp.errors());
        tcp = new Tcp(context, ipv4, config.tcp());
        dns = new DnsClient(context, udp, tcp, config.dns());
        ipv4.errorsTo(icmp.errors());
        ipv4.input().add(icmp);
        ipv4.input().add(udp);
        ipv4.input().add(tcp);
        ipv4.drive(tcp);
        ipv4.drive(dns);
        config.modules().forEach(module -> module.join(ipv4));
    }

    /**
     * Attaches the stack to an Ethernet.
     *
     * @param config name and addresses of the interface
     * @param output who takes the frames that it sends
     * @return the interface, which is to be given the frames of the link
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public EthernetInterface attach(EthernetConfig config, FrameReceiver output) {
        EthernetInterface added = new EthernetInterface(context, config, ipv4, output);
        ipv4.add(added);
        ipv4.add(added, config.ipv4());
        return added;
    }

    /**
     * Adds a route through a router.
     *
     * @param destination the network that is reached
     * @param gateway the router
     * @throws IllegalArgumentException if the router is no neighbour
     */
    public void route(Ipv4Prefix destination, Ipv4Address gateway) {
        ipv4.route(destination, gateway);
    }

    /**
     * IPv4: its interfaces, their addresses, routes and modules.
     *
     * @return always the same one
     */
    public Ipv4 ipv4() {
        return ipv4;
    }

    /**
     * ICMP, for ping sockets.
     *
     * @return always the same one
     */
    public Icmpv4 icmp() {
        return icmp;
    }

    /**
     * UDP, for its sockets.
     *
     * @return always the same one
     */
    public Udp udp() {
        return udp;
    }

    /**
     * The DNS client; it asks nobody before it is told of servers.
     *
     * @return always the same one
     */
    public DnsClient dns() {
        return dns;
    }

    /**
     * TCP, for its sockets.
     *
     * @return always the same one
     */
    public Tcp tcp() {
        return tcp;
    }

    /**
     * What its memory is drawn from.
     *
     * @return the budget
     */
    public MemoryBudget budget() {
        return context.budget();
    }

    /**
     * How many packets were dropped for a reason.
     *
     * @param reason the reason
     * @return a count
     */
    public long dropped(Drop reason) {
        return context.drops().of(reason);
    }

    /**
     * Counts a packet that something above the stack has dropped.
     *
     * @param reason the reason
     */
    public void countDrop(Drop reason) {
        context.drops().count(reason);
    }

    /**
     * The time of the last call from outside.
     *
     * @return nanoseconds
     */
    public long now() {
        return context.now();
    }

    @Override
    public long deadline() {
        return ipv4.deadline();
    }

    /**
     * Does what is due: asks for neighbours again, gives up waiting.
     *
     * @throws IllegalStateException if called from within the stack's own output or callbacks
     */
    @Override
    public long poll(long now) {
        context.enter(now);
        try {
            ipv4.poll(now);
        } finally {
            context.leave();
        }
        return deadline();
    }

    /**
     * All counters by name. Names are stable; drop counters, {@code drop.} and the reason, are there when they are not zero.
     *
     * @return the counters as they are now
     */
    public Report counters() {
        return new StackReport(this).counters();
    }

    /**
     * A report for people: the name of the stack, one counter a line, and the table of TCP's listeners and connections.
     *
     * @return lines
     */
    public String report() {
        return "stack " + name + "\n" + counters() + tcp.connections();
    }
}
