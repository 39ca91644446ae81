// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpListener;

/**
 * A TCP port of a {@link HostStack} at which connections are accepted; any thread may call any method at any time.
 *
 * <pre>{@code
 * try (TcpServer server = TcpServer.listen(host, 80)) {
 *     while (true) {
 *         TcpStream client = server.accept();
 *         new Thread(() -> serve(client)).start();
 *     }
 * }
 * }</pre>
 */
public final class TcpServer implements Closeable {
    private final HostStack host;
    private final TcpListener listener;
    private final Accept accept = new Accept();
    private final ReentrantLock accepting = new ReentrantLock();
    private volatile long timeout = Call.FOREVER;
    private volatile boolean closed;

    private TcpServer(HostStack host, TcpListener listener) {
        this.host = host;
        this.listener = listener;
        listener.onReady(accept::run);
    }

    /**
     * Listens with default buffers and backlog.
     *
     * @param host the stack
     * @param port 1 to 65535
     * @return the server, to be closed by the caller
     * @throws IOException if the stack is closed
     * @throws IllegalStateException if the port is taken
     */
    public static TcpServer listen(HostStack host, int port) throws IOException {
        return listen(host, port, TcpConfig.DEFAULT);
    }

    /**
     * Listens.
     *
     * @param host the stack
     * @param port 1 to 65535
     * @param config backlog, and the buffers and algorithms of the connections
     * @return the server, to be closed by the caller
     * @throws IOException if the stack is closed
     * @throws IllegalStateException if the port is taken
     */
    public static TcpServer listen(HostStack host, int port, TcpConfig config) throws IOException {
        return host.call(stack -> new TcpServer(host, stack.tcp().listen(port, config)));
    }

    private final class Accept extends Call {
        private TcpStream accepted;

        @Override
        boolean attempt() throws IOException {
            if (closed) {
                throw new SocketException("the server is closed");
            }
            return listener.accept()
                    .map(socket -> accepted = new TcpStream(host, socket))
                    .isPresent();
        }
    }

    /**
     * Waits for a connection.
     *
     * @return the connection, to be closed by the caller
     * @throws java.net.SocketTimeoutException if none has come in time
     * @throws IOException if the server or the stack is closed
     */
    public TcpStream accept() throws IOException {
        accepting.lock();
        try {
            host.perform(accept, timeout);
            return accept.accepted;
        } finally {
            accepting.unlock();
        }
    }

    /**
     * Limits how long {@link #accept} waits.
     *
     * @param longest zero for as long as it takes, as it is at first
     */
    public void timeout(Duration longest) {
        timeout = longest.toNanos();
    }

    /**
     * Its port.
     *
     * @return 1 to 65535
     */
    public int port() {
        return listener.port();
    }

    /** Stops listening; a thread that waits in {@link #accept} is told by an {@link IOException}. */
    @Override
    public void close() throws IOException {
        host.call(stack -> {
            closed = true;
            listener.close();
            accept.run();
            return this;
        });
    }
}
