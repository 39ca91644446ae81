// SPDX-License-Identifier: MIT
package picorn.netstack.host.files;

import java.util.Optional;
import picorn.netstack.context.Report;
import picorn.netstack.context.Reported;
import picorn.netstack.stack.Stack;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpListener;
import picorn.netstack.tcp.TcpSocket;

/**
 * Serves the files of a directory by HTTP (RFC 9110, RFC 9112): GET and HEAD, one request a connection. A path that ends in '/' is its
 * index.html.
 *
 * <pre>{@code
 * HttpFileServer.on(gateway.stack(), SharedDirectory.of(Path.of("www")));
 * }</pre>
 */
public final class HttpFileServer implements Reported {
    private static final int PORT = 80;
    private static final int MOST_CONNECTIONS = 256;

    private final SharedDirectory directory;
    private final TcpListener listener;
    private int connections;
    private long served;

    private HttpFileServer(Stack stack, SharedDirectory directory) {
        this.directory = directory;
        listener = stack.tcp().listen(PORT, TcpConfig.DEFAULT);
        listener.onReady(this::accept);
        stack.ipv4().reportOn(this);
    }

    /**
     * Starts a server at port 80.
     *
     * @param stack where
     * @param directory what it serves
     * @return the server
     * @throws IllegalStateException if the port is taken
     */
    public static HttpFileServer on(Stack stack, SharedDirectory directory) {
        return new HttpFileServer(stack, directory);
    }

    private void accept() {
        for (Optional<TcpSocket> next = listener.accept(); next.isPresent(); next = listener.accept()) {
            TcpSocket socket = next.get();
            if (connections == MOST_CONNECTIONS) {
                socket.abort();
            } else {
                connections++;
                served++;
                new HttpExchange(socket, directory, () -> connections--).proceed();
            }
        }
    }

    @Override
    public void report(Report report) {
        report.add("http.served", served).add("http.connections", connections);
    }
}
