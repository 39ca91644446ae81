// SPDX-License-Identifier: MIT
package picorn.netstack.service;

import java.util.List;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.context.RandomSource;
import picorn.netstack.context.Timed;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.ip.Fragmenter;
import picorn.netstack.ip.Interception;
import picorn.netstack.ip.Reassembler;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.link.WireEnd;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;

/**
 * The gateway 10.0.2.2 of a user-mode network 10.0.2.0/24: gives addresses from 10.0.2.15 on by DHCP, answers pings, echoes
 * UDP port 7.
 *
 * <pre>{@code
 * Wire wire = new Wire();
 * UserGateway gateway = UserGateway.on(wire.b(), 1);
 * Network network = new Network(wire, gateway);
 * wire.a().connect(mac);
 * // the MAC sends by wire.a().receive(frame, offset, length, now), then, and whenever it is due:
 * long next = network.poll(now);
 * }</pre>
 */
public final class UserGateway implements Timed {
    /** Its Ethernet address. */
    public static final MacAddress MAC = MacAddress.parse("52:55:0a:00:02:02");

    /** Its IPv4 address and network. */
    public static final Ipv4Prefix ADDRESS = Ipv4Prefix.parse("10.0.2.2/24");

    /** The first address that it gives. */
    public static final Ipv4Address FIRST_CLIENT = Ipv4Address.parse("10.0.2.15");

    private static final long TRANSPARENT_MEMORY = 64L << 20;
    private static final int CLIENTS = 16;
    private static final int LEASE_SECONDS = 86_400;

    private final Stack stack;
    private final EthernetInterface link;
    private final DhcpServer dhcp;
    private final UdpEchoService echo;

    /**
     * A gateway that is not yet connected.
     *
     * @param config of its stack
     * @param output who takes the frames that it sends
     */
    public UserGateway(StackConfig config, FrameReceiver output) {
        this(config, output, Ipv4Address.UNSPECIFIED);
    }

    private UserGateway(StackConfig config, FrameReceiver output, Ipv4Address dns) {
        stack = new Stack(config);
        link = stack.attach(new EthernetConfig("eth0", MAC, ADDRESS), output);
        dhcp = DhcpServer.on(
                stack, link, new DhcpConfig(ADDRESS, FIRST_CLIENT, CLIENTS, ADDRESS.address(), dns, LEASE_SECONDS));
        echo = UdpEchoService.on(stack);
    }

    /**
     * A gateway at the end of a wire.
     *
     * @param end the end, which is connected to it
     * @param seed of its random numbers
     * @return the gateway
     */
    public static UserGateway on(WireEnd end, long seed) {
        UserGateway gateway = new UserGateway(StackConfig.named("gateway").seed(seed), end);
        end.connect(gateway.link());
        return gateway;
    }

    /**
     * A gateway at the end of a wire that also takes what its clients send to other hosts, for whoever
     * {@linkplain Interception intercepts} it, and says that it is their DNS server.
     *
     * @param end the end, which is connected to it
     * @param seed of its random numbers
     * @return the gateway
     */
    public static UserGateway transparent(WireEnd end, long seed) {
        UserGateway gateway = transparent(end, RandomSource.seeded(seed));
        end.connect(gateway.link());
        return gateway;
    }

    /**
     * The same for a link that is no wire.
     *
     * @param output who takes the frames that it sends; those that come are for its {@link #link}
     * @param random where it draws its random numbers from
     * @return the gateway
     */
    public static UserGateway transparent(FrameReceiver output, RandomSource random) {
        StackConfig config = StackConfig.named("gateway")
                .random(random)
                .memory(TRANSPARENT_MEMORY)
                .modules(List.of(Reassembler::join, Fragmenter::join, Interception::join));
        return new UserGateway(config, output, ADDRESS.address());
    }

    /**
     * Its stack, for more sockets and for reports.
     *
     * @return always the same one
     */
    public Stack stack() {
        return stack;
    }

    /**
     * Its interface, which takes frames.
     *
     * @return always the same one
     */
    public EthernetInterface link() {
        return link;
    }

    /**
     * Its DHCP server.
     *
     * @return always the same one
     */
    public DhcpServer dhcp() {
        return dhcp;
    }

    /**
     * Its echo service.
     *
     * @return always the same one
     */
    public UdpEchoService echo() {
        return echo;
    }

    @Override
    public long deadline() {
        return stack.deadline();
    }

    @Override
    public long poll(long now) {
        return stack.poll(now);
    }
}
