// SPDX-License-Identifier: MIT
package picorn.junit;

import java.time.Duration;
import picorn.netstack.tcp.TcpListener;

/**
 * A TCP port of the network at which the board is waited for.
 *
 * <pre>{@code
 * TcpPort log = net.listen(514);
 * assertThat(log.accept(ofSeconds(1)).awaitLine(ofMillis(50))).isEqualTo("booted");
 * }</pre>
 */
public final class TcpPort implements AutoCloseable {
    private final TcpListener listener;
    private final Network network;
    private final Runner runner;

    TcpPort(TcpListener listener, Network network, Runner runner) {
        this.listener = listener;
        this.network = network;
        this.runner = runner;
    }

    /**
     * Its number.
     *
     * <pre>{@code
     * board.console().send("log to " + log.number() + "\r");
     * }</pre>
     */
    public int number() {
        return listener.port();
    }

    /**
     * Waits for the next connection to this port.
     *
     * <pre>{@code
     * TcpConnection connection = log.accept(ofSeconds(1));
     * }</pre>
     *
     * @param limit virtual time
     */
    public TcpConnection accept(Duration limit) {
        runner.await("a connection to TCP port " + number(), listener::isReady, limit);
        return new TcpConnection(network.drive(() -> listener.accept().orElseThrow()), network, runner);
    }

    /**
     * Takes no more connections; at the end of a test no port does.
     *
     * <pre>{@code
     * log.close();
     * }</pre>
     */
    @Override
    public void close() {
        network.drive(() -> {
            listener.close();
            return listener;
        });
    }
}
