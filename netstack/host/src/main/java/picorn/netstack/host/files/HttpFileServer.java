// SPDX-License-Identifier: MIT
package picorn.netstack.host.files;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picorn.netstack.context.Report;
import picorn.netstack.context.Reported;
import picorn.netstack.context.Timed;
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
public final class HttpFileServer implements Timed, Reported {
    private static final int PORT = 80;
    private static final int MOST_CONNECTIONS = 256;

    private final Stack stack;
    private final SharedDirectory directory;
    private final TcpListener listener;
    private final Set<HttpExchange> exchanges = new LinkedHashSet<>();
    private long served;
    private long givenUp;

    private HttpFileServer(Stack stack, SharedDirectory directory) {
        this.stack = stack;
        this.directory = directory;
        listener = stack.tcp().listen(PORT, TcpConfig.DEFAULT);
        listener.onReady(this::accept);
        stack.ipv4().drive(this);
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
            if (exchanges.size() == MOST_CONNECTIONS) {
                socket.abort();
            } else {
                served++;
                serve(socket);
            }
        }
    }

    private void serve(TcpSocket socket) {
        HttpExchange exchange = new HttpExchange(stack, socket, directory, exchanges::remove);
        exchanges.add(exchange);
        exchange.proceed();
    }

    @Override
    public long deadline() {
        long deadline = NEVER;
        for (HttpExchange exchange : exchanges) {
            deadline = Math.min(deadline, exchange.due());
        }
        return deadline;
    }

    @Override
    public long poll(long now) {
        if (deadline() <= now) {
            List<HttpExchange> late =
                    exchanges.stream().filter(each -> each.due() <= now).toList();
            givenUp += late.size();
            late.forEach(HttpExchange::late);
        }
        return deadline();
    }

    @Override
    public void report(Report report) {
        report.add("http.served", served).add("http.given-up", givenUp).add("http.connections", exchanges.size());
    }
}
