// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.loss;

import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.link.Impairment;
import picorn.netstack.link.ImpairmentConfig;
import picorn.netstack.link.Network;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpListener;
import picorn.netstack.tcp.TcpModules;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.testing.Station;

/** Two stacks that know each other's address, with a bad network between them, and a clock that jumps. */
final class Duel {
    static final long SECOND = 1_000_000_000L;
    static final int PORT = 80;

    final Stack client;
    final Stack server;
    final Impairment up;
    final Impairment down;
    final TcpListener listener;
    final TcpSocket sender;
    private final Network network;
    private long now;

    Duel(ImpairmentConfig impairment, TcpConfig config, long memory, long seed) {
        this(impairment, config, config, memory, seed);
    }

    Duel(ImpairmentConfig impairment, TcpConfig clientConfig, TcpConfig serverConfig, long memory, long seed) {
        this(impairment, clientConfig, serverConfig, TcpModules.full(), memory, seed);
    }

    Duel(
            ImpairmentConfig impairment,
            TcpConfig clientConfig,
            TcpConfig serverConfig,
            TcpModules modules,
            long memory,
            long seed) {
        client = new Stack(StackConfig.named("client").tcp(modules).seed(seed).memory(memory));
        server = new Stack(
                StackConfig.named("server").tcp(modules).seed(seed + 1).memory(memory));
        FrameReceiver[] interfaces = new FrameReceiver[2];
        up = new Impairment(impairment, seed * 2 + 1, (f, o, l, t) -> interfaces[1].receive(f, o, l, t));
        down = new Impairment(impairment, seed * 2 + 2, (f, o, l, t) -> interfaces[0].receive(f, o, l, t));
        EthernetInterface a =
                client.attach(new EthernetConfig("a", Station.PEER_MAC, new Ipv4Prefix(Station.PEER, 24)), up);
        EthernetInterface b =
                server.attach(new EthernetConfig("b", Station.OUR_MAC, new Ipv4Prefix(Station.US, 24)), down);
        interfaces[0] = a;
        interfaces[1] = b;
        network = new Network(up, down, client, server);
        listener = server.tcp().listen(PORT, serverConfig);
        sender = client.tcp().connect(Station.US, PORT, clientConfig);
    }

    long now() {
        return now;
    }

    /** Goes to the next thing that happens; false, and the clock stays, when there is none until a time. */
    boolean step(long limit) {
        long due = network.deadline();
        if (due > limit) {
            return false;
        }
        now = Math.max(now, due);
        network.poll(now);
        return true;
    }
}
