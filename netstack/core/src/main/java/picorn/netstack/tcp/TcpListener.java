// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import java.util.ArrayDeque;
import java.util.Optional;
import picorn.netstack.context.Timed;

/**
 * A port at which connections are taken.
 *
 * <pre>{@code
 * TcpListener listener = stack.tcp().listen(80, TcpConfig.DEFAULT);
 * listener.onReady(() -> listener.accept().ifPresent(socket -> serve(socket)));
 * }</pre>
 */
public final class TcpListener extends Flow implements AutoCloseable {
    /** Octets of the objects, and of a reference for each connection of the backlog. */
    static long memory(TcpConfig config) {
        return Flow.MEMORY + 96 + 8L * config.backlog();
    }

    private final Tcp tcp;
    private final TcpConfig config;
    private final ArrayDeque<Connection> established = new ArrayDeque<>();
    private Runnable ready = () -> {};
    private int requests;
    private boolean closed;

    TcpListener(Tcp tcp, TcpConfig config) {
        this.tcp = tcp;
        this.config = config;
    }

    /**
     * Takes a connection that is established.
     *
     * @return its socket, or nothing if none waits
     */
    public Optional<TcpSocket> accept() {
        Connection c = established.poll();
        if (c == null) {
            return Optional.empty();
        }
        return Optional.of(new TcpSocket(c));
    }

    /**
     * Whether a connection waits to be accepted.
     *
     * @return true if {@link #accept} finds one
     */
    public boolean isReady() {
        return !established.isEmpty();
    }

    /**
     * Says what is to be done when a connection has come.
     *
     * @param ready called at the end of the call from outside; it may call any socket of the stack
     */
    public void onReady(Runnable ready) {
        this.ready = ready;
    }

    /**
     * Its port.
     *
     * @return 1 to 65535
     */
    public int port() {
        return localPort;
    }

    /** Takes no more connections; those that wait to be accepted are reset. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            tcp.close(this, memory(config));
            established.forEach(c -> new TcpSocket(c).abort());
        }
    }

    TcpConfig config() {
        return config;
    }

    /** Whether one more request may come: so many as the backlog has may be half open, and as many wait. */
    boolean hasRoom() {
        return requests < config.backlog() && established.size() < config.backlog();
    }

    /** Whether too many connections are half open, while there is room for those that get established. */
    boolean isUnderPressure() {
        return requests >= config.backlog() && established.size() < config.backlog();
    }

    /** A request has been answered. */
    void requested() {
        requests++;
    }

    /** A request has come to nothing, or to a connection. */
    void answered() {
        requests--;
    }

    /** Queues a connection that is established, if the backlog has room. */
    boolean established(Connection c) {
        if (closed || established.size() >= config.backlog()) {
            return false;
        }
        answered();
        c.listener = null;
        established.add(c);
        tcp.counters().accepted.count();
        tcp.tell(this);
        return true;
    }

    @Override
    void tellUser() {
        ready.run();
    }

    @Override
    long deadline() {
        return Timed.NEVER;
    }

    @Override
    void wake(long now) {}

    @Override
    void arrives(Segment segment) {
        tcp.listenArrives().arrives(this, segment);
    }
}
