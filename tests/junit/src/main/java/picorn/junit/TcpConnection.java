// SPDX-License-Identifier: MIT
package picorn.junit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;
import picorn.netstack.tcp.TcpFailure;
import picorn.netstack.tcp.TcpSocket;

/**
 * The network's end of a TCP connection with the board.
 *
 * <pre>{@code
 * TcpConnection shell = net.tcp("10.0.2.15", 23, ofMillis(10));
 * shell.send("uptime\r\n", ofMillis(10));
 * assertThat(shell.awaitLine(ofMillis(50))).contains("up ");
 * }</pre>
 */
public final class TcpConnection implements AutoCloseable {
    private static final int PIECE = 4096;

    private final TcpSocket socket;
    private final Network network;
    private final Runner runner;
    /** What was read and not yet handed out. */
    private byte[] read = new byte[0];

    TcpConnection(TcpSocket socket, Network network, Runner runner) {
        this.socket = socket;
        this.network = network;
        this.runner = runner;
    }

    static String inWords(TcpFailure failure) {
        return switch (failure) {
            case REFUSED -> "it was refused";
            case RESET -> "it was reset";
            case TIMED_OUT -> "the peer answers no more";
            case UNREACHABLE -> "the peer cannot be reached";
            case OUT_OF_MEMORY -> "the stack has no memory for it";
        };
    }

    /**
     * Sends octets, and returns when the send buffer has taken all.
     *
     * <pre>{@code
     * connection.send(new byte[100_000], ofSeconds(1));
     * }</pre>
     *
     * @param limit virtual time
     * @throws AssertionError if the buffer has no room by then
     */
    public void send(byte[] data, Duration limit) {
        String wanted = Runner.wanted("%d octets to be taken for %s".formatted(data.length, peer()), limit);
        long until = runner.after(limit);
        int sent = 0;
        while (sent < data.length) {
            int at = sent;
            sent += network.drive(() -> socket.write(data, at, data.length - at));
            if (sent < data.length) {
                runner.await(wanted, () -> socket.writable() > 0 || hasEnded(), until);
                failIfOver(wanted);
            }
        }
    }

    /**
     * As {@link #send(byte[], Duration)}, one octet a character.
     *
     * <pre>{@code
     * connection.send("GET / HTTP/1.0\r\n\r\n", ofMillis(10));
     * }</pre>
     */
    public void send(String text, Duration limit) {
        send(text.getBytes(StandardCharsets.ISO_8859_1), limit);
    }

    /**
     * Waits for so many octets.
     *
     * <pre>{@code
     * byte[] header = connection.await(20, ofMillis(50));
     * }</pre>
     *
     * @param limit virtual time
     * @throws AssertionError if there are fewer by then, or the board has ended the connection before
     */
    public byte[] await(int octets, Duration limit) {
        String wanted = Runner.wanted("%d octets from %s".formatted(octets, peer()), limit);
        await(wanted, () -> read.length >= octets, limit);
        return take(octets);
    }

    /**
     * Waits for a whole line.
     *
     * <pre>{@code
     * assertThat(connection.awaitLine(ofMillis(50))).isEqualTo("HTTP/1.0 200 OK");
     * }</pre>
     *
     * @param limit virtual time
     * @return the line without its end, one character an octet
     */
    public String awaitLine(Duration limit) {
        await(Runner.wanted("a line from %s".formatted(peer()), limit), () -> lineEnd() >= 0, limit);
        String line = new String(take(lineEnd() + 1), StandardCharsets.ISO_8859_1);
        return line.substring(0, line.length() - (line.endsWith("\r\n") ? 2 : 1));
    }

    private int lineEnd() {
        int at = 0;
        while (at < read.length && read[at] != '\n') {
            at++;
        }
        return at < read.length ? at : -1;
    }

    /**
     * Waits for the board to end its side.
     *
     * <pre>{@code
     * byte[] body = connection.awaitEnd(ofSeconds(1));
     * }</pre>
     *
     * @param limit virtual time
     * @return what came before the end and was not waited for
     * @throws AssertionError if it has not ended by then, or the connection was reset
     */
    public byte[] awaitEnd(Duration limit) {
        String wanted = Runner.wanted("%s to end the connection".formatted(peer()), limit);
        long until = runner.after(limit);
        while (!hasEnded()) {
            runner.await(wanted, () -> socket.readable() > 0 || hasEnded(), until);
            drain();
        }
        socket.failure().ifPresent(failure -> {
            throw Runner.failure(wanted, inWords(failure));
        });
        return take(read.length);
    }

    private void await(String wanted, Supplier<Boolean> enough, Duration limit) {
        long until = runner.after(limit);
        drain();
        while (!enough.get()) {
            failIfOver(wanted);
            runner.await(wanted, () -> socket.readable() > 0 || hasEnded(), until);
            drain();
        }
    }

    private void failIfOver(String wanted) {
        if (hasEnded()) {
            throw Runner.failure(
                    wanted,
                    socket.failure()
                            .map(TcpConnection::inWords)
                            .orElse("it was ended after %d".formatted(read.length)));
        }
    }

    private boolean hasEnded() {
        return socket.failure().isPresent() || socket.peek(new byte[1], 0, 1) < 0;
    }

    private void drain() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(read);
        byte[] piece = new byte[PIECE];
        int length = network.drive(() -> socket.read(piece, 0, PIECE));
        while (length > 0) {
            all.write(piece, 0, length);
            length = network.drive(() -> socket.read(piece, 0, PIECE));
        }
        read = all.toByteArray();
    }

    private byte[] take(int octets) {
        byte[] taken = Arrays.copyOf(read, octets);
        read = Arrays.copyOfRange(read, octets, read.length);
        return taken;
    }

    private String peer() {
        return socket.remoteAddress() + ":" + socket.remotePort();
    }

    /**
     * Ends this side; what the board sends can still be waited for.
     *
     * <pre>{@code
     * connection.send(request, ofMillis(10));
     * connection.shutdownOutput();
     * byte[] answer = connection.awaitEnd(ofSeconds(1));
     * }</pre>
     */
    public void shutdownOutput() {
        network.drive(() -> {
            socket.shutdownOutput();
            return socket;
        });
    }

    /**
     * Resets the connection.
     *
     * <pre>{@code
     * connection.abort();
     * board.console().awaitLine("connection lost", ofMillis(10));
     * }</pre>
     */
    public void abort() {
        network.drive(() -> {
            socket.abort();
            return socket;
        });
    }

    /**
     * Closes it; what was sent is still delivered while the board runs.
     *
     * <pre>{@code
     * connection.close();
     * }</pre>
     */
    @Override
    public void close() {
        network.drive(() -> {
            socket.close();
            return socket;
        });
    }
}
