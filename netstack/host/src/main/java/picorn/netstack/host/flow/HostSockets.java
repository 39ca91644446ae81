// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** The sockets of all flows, with the one thread that serves them. */
final class HostSockets implements Closeable {
    /** Flows that there may be, each with a socket of the host's. */
    static final int MOST_FLOWS = 4096;

    private static final int MOST_DATAGRAMS = 1024;

    private final EventSink sink;
    private final Nameservers nameservers;
    private Optional<HostEchoes> echoes = Optional.empty();
    private final Selector selector = Selector.open();
    private final Queue<Message> orders = new ConcurrentLinkedQueue<>();
    private final AtomicInteger datagrams = new AtomicInteger();
    private final Map<Integer, HostFlow> flows = new HashMap<>();
    private final List<HostForward> forwards = new ArrayList<>();
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(0x10000);
    private final Thread thread = new Thread(this::run, "picorn host sockets");
    /** Flows that begin on this side have odd numbers. */
    private int latestFlow = -1;

    private volatile boolean closed;

    HostSockets(EventSink sink, List<InetSocketAddress> resolvers) throws IOException {
        this.sink = sink;
        nameservers = new Nameservers(resolvers, System::nanoTime);
        thread.setDaemon(true);
    }

    /** Opens a forwarded port; before {@link #start}. */
    InetSocketAddress open(Forward forward) throws IOException {
        int index = forwards.size();
        HostForward opened = forward.protocol() == Forward.Protocol.TCP
                ? TcpForward.open(index, forward.at(), this, selector)
                : UdpForward.open(index, forward.at(), this, selector);
        forwards.add(opened);
        return opened.at();
    }

    void start() {
        thread.start();
    }

    /** From the stack's thread: has something done. */
    void order(Message order) {
        orders.add(order);
        selector.wakeup();
    }

    /** From the stack's thread: has a datagram sent, unless too many wait. */
    void orderDatagram(Message order) {
        if (datagrams.incrementAndGet() > MOST_DATAGRAMS) {
            datagrams.decrementAndGet();
        } else {
            order(order);
        }
    }

    private void run() {
        try {
            while (!closed) {
                selector.select();
                obey();
                for (SelectionKey key : selector.selectedKeys()) {
                    serve(key);
                }
                selector.selectedKeys().clear();
            }
        } catch (InterruptedException | ClosedSelectorException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (IOException e) {
            System.getLogger(HostSockets.class.getName())
                    .log(System.Logger.Level.ERROR, "the host's sockets have failed", e);
        } finally {
            closeAll();
        }
    }

    private void obey() throws InterruptedException {
        for (Message order = orders.poll(); order != null; order = orders.poll()) {
            switch (order.kind()) {
                case CONNECT, ASSOCIATE, ASK -> begin(order);
                case ECHO -> {
                    datagrams.decrementAndGet();
                    echo(order);
                }
                case RESET -> reset(order.flow());
                case DATAGRAM -> {
                    datagrams.decrementAndGet();
                    pass(order);
                }
                default -> pass(order);
            }
        }
    }

    private void begin(Message order) throws InterruptedException {
        int flow = order.flow();
        try {
            if (order.kind() == Message.Kind.ASK) {
                add(new HostQueries(nameservers, flow, this, selector));
                return;
            }
            Target target = Target.parse(order.octets());
            if (target.trust() == Target.Trust.FOREIGN && OwnAddresses.contains(target.address())) {
                post(Message.of(Message.Kind.PROHIBITED, flow));
            } else if (order.kind() == Message.Kind.CONNECT) {
                add(HostConnection.to(target, flow, this, selector));
            } else {
                add(HostDatagrams.with(target, flow, this, selector));
            }
        } catch (IOException | RuntimeException e) {
            // No way there, or no more sockets: NIO says so by either.
            post(Message.of(HostConnection.failure(e), flow));
        }
    }

    private void echo(Message order) throws InterruptedException {
        if (echoes.isEmpty()) {
            echoes = Optional.of(HostEchoes.open(this));
        }
        echoes.get().send(order);
    }

    private void pass(Message order) throws InterruptedException {
        HostFlow flow = flows.get(order.flow());
        if (flow == null) {
            return; // it has ended while the order was under way
        }
        try {
            flow.take(order);
        } catch (IOException e) {
            end(flow, Message.Kind.RESET);
        }
    }

    private void serve(SelectionKey key) throws IOException, InterruptedException {
        if (key.attachment() instanceof HostForward forward) {
            forward.ready();
        } else if (key.isValid() && key.attachment() instanceof HostFlow flow) {
            try {
                flow.ready();
            } catch (IOException e) {
                end(flow, Message.Kind.RESET);
            }
        }
    }

    private void reset(int number) {
        HostFlow flow = flows.remove(number);
        if (flow != null) {
            closeQuietly(flow::reset);
            forwards.forEach(HostForward::resume);
        }
    }

    /** Tells the stack's side how a flow has ended, and forgets it. */
    void end(HostFlow flow, Message.Kind how) throws InterruptedException {
        flows.remove(flow.number(), flow);
        closeQuietly(flow::reset);
        forwards.forEach(HostForward::resume);
        post(Message.of(how, flow.number()));
    }

    /** Forgets a flow that both sides have ended. */
    void forget(HostFlow flow) {
        flows.remove(flow.number(), flow);
        closeQuietly(flow);
        forwards.forEach(HostForward::resume);
    }

    void add(HostFlow flow) {
        flows.put(flow.number(), flow);
    }

    int newFlow() {
        latestFlow += 2;
        return latestFlow;
    }

    int count() {
        return flows.size();
    }

    boolean isFull() {
        return flows.size() >= MOST_FLOWS;
    }

    /** A buffer that all flows use in turn. */
    ByteBuffer scratch() {
        return scratch;
    }

    void post(Message event) throws InterruptedException {
        sink.post(event.emit());
    }

    private static void closeQuietly(Closeable channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // gone all the same
        }
    }

    private void closeAll() {
        flows.values().forEach(flow -> closeQuietly(flow::reset));
        forwards.forEach(HostSockets::closeQuietly);
        echoes.ifPresent(HostEchoes::close);
        closeQuietly(selector);
    }

    /** Resets all flows and gives up the ports. */
    @Override
    public void close() {
        closed = true;
        if (thread.getState() == Thread.State.NEW) {
            closeAll();
        } else {
            thread.interrupt();
        }
    }
}
