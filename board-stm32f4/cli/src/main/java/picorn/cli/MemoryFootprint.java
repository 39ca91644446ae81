// SPDX-License-Identifier: MIT
package picorn.cli;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.function.IntFunction;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.link.Network;
import picorn.netstack.link.Wire;
import picorn.netstack.link.WireEnd;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpListener;

/** The memory that stacks, sockets and connections take: drawn from the budget, and as the Java heap has it. */
final class MemoryFootprint {
    private static final int STACKS = 200;
    private static final int SOCKETS = 1000;
    private static final int BACKLOG = 8;
    private static final long MEMORY = 8L << 20;
    private static final int SAME = 3;
    private static final int PAUSE = 10;
    private static final long SECOND = 1_000_000_000L;

    /**
     * Octets for one of a kind.
     *
     * @param budget drawn from the memory budget
     * @param heap found in the heap, the mean of many
     */
    record Octets(long budget, long heap) {}

    private final StackConfig config;

    MemoryFootprint(StackConfig config) {
        this.config = config.memory(MEMORY);
    }

    private Stack stack(int host) {
        Stack stack = new Stack(config);
        attach(stack, host, (frame, offset, length, now) -> {});
        return stack;
    }

    private static EthernetInterface attach(Stack stack, int host, FrameReceiver output) {
        Ipv4Prefix address = new Ipv4Prefix(new Ipv4Address(0x0A00_0000 + host), 8);
        return stack.attach(new EthernetConfig("eth0", new MacAddress(0x0200_0000_0000L + host), address), output);
    }

    /** A stack with one interface, at rest. */
    Octets rest() {
        return each(STACKS, host -> stack(host + 1), stack(1).budget().used());
    }

    /** A UDP socket without the queue that its user asks for. */
    Octets udpSocket() {
        Stack stack = stack(1);
        long before = stack.budget().used();
        long heap = each(SOCKETS, i -> stack.udp().bind(0), 0).heap();
        Reference.reachabilityFence(stack);
        return new Octets((stack.budget().used() - before) / SOCKETS, heap);
    }

    /** One side of an idle TCP connection; nothing has been sent but its beginning. */
    Octets connection() {
        Wire wire = new Wire();
        Stack client = new Stack(config.seed(1));
        Stack server = new Stack(config.seed(2));
        connect(client, 1, wire.a());
        connect(server, 2, wire.b());
        Network network = new Network(wire, client, server);
        TcpListener listener = server.tcp().listen(80, TcpConfig.DEFAULT.backlog(BACKLOG));
        long[] now = {SECOND};
        IntFunction<Object> one = i -> {
            Object socket = client.tcp().connect(new Ipv4Address(0x0A00_0002), 80, TcpConfig.DEFAULT);
            now[0] += SECOND / 10;
            network.poll(now[0]);
            return new Object[] {socket, listener.accept().orElseThrow()};
        };
        Object first = one.apply(0);
        long before = client.budget().used() + server.budget().used();
        Octets both = each(SOCKETS, one, 0);
        long drawn = client.budget().used() + server.budget().used() - before;
        Reference.reachabilityFence(first);
        Reference.reachabilityFence(network);
        return new Octets(drawn / SOCKETS / 2, both.heap() / 2);
    }

    private static void connect(Stack stack, int host, WireEnd end) {
        end.connect(attach(stack, host, end));
    }

    private static Octets each(int count, IntFunction<Object> one, long budget) {
        Object[] all = new Object[count];
        long before = heap();
        for (int i = 0; i < count; i++) {
            all[i] = one.apply(i);
        }
        long after = heap();
        Reference.reachabilityFence(all);
        return new Octets(budget, (after - before) / count);
    }

    /** What is in use when collecting frees no more. */
    private static long heap() {
        long used = Long.MAX_VALUE;
        for (int quiet = 0; quiet < SAME; ) {
            System.gc();
            pause();
            long now = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            quiet = now < used ? 0 : quiet + 1;
            used = Math.min(used, now);
        }
        return used;
    }

    /** Lets the threads that clean up after a collection do so. */
    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
