// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A socket that carries Ethernet frames between this process and another, QEMU or Picorn, as users write it.
 *
 * <pre>{@code
 * HostLink link = FrameSocket.parse("listen:127.0.0.1:7000").open();
 * }</pre>
 */
public sealed interface FrameSocket {
    /** How users write it. */
    String USAGE = "listen:ADDRESS, connect:ADDRESS or dgram:LOCAL,REMOTE, each HOST:PORT or unix:PATH";

    /**
     * Opens it.
     *
     * @return the link
     * @throws IOException in one line, what is wrong
     */
    HostLink open() throws IOException;

    /**
     * The server of a stream.
     *
     * @param at its address
     */
    record Listen(SocketAddress at) implements FrameSocket {
        @Override
        public HostLink open() throws IOException {
            return StreamLink.listen(at);
        }
    }

    /**
     * The client of a stream.
     *
     * @param to the server's address
     */
    record Connect(SocketAddress to) implements FrameSocket {
        @Override
        public HostLink open() throws IOException {
            return StreamLink.connect(to);
        }
    }

    /**
     * One end of an exchange of UDP datagrams.
     *
     * @param local where they come
     * @param remote where they go
     */
    record Datagrams(InetSocketAddress local, InetSocketAddress remote) implements FrameSocket {
        @Override
        public HostLink open() throws IOException {
            return DatagramLink.between(local, remote);
        }
    }

    /**
     * One end of an exchange of datagrams between Unix sockets.
     *
     * @param local where they come
     * @param remote where they go
     */
    record UnixDatagrams(Path local, Path remote) implements FrameSocket {
        @Override
        public HostLink open() throws IOException {
            return UnixDatagramLink.between(local, remote);
        }
    }

    /**
     * Reads one.
     *
     * @param text for example {@code connect:127.0.0.1:7000} or {@code listen:unix:/run/board.sock}
     * @return the socket, not open yet
     * @throws IllegalArgumentException if it cannot be read; the message says how it is written
     */
    static FrameSocket parse(String text) {
        if (text.startsWith("listen:")) {
            return new Listen(address(text.substring("listen:".length()), text));
        }
        if (text.startsWith("connect:")) {
            return new Connect(address(text.substring("connect:".length()), text));
        }
        String[] ends =
                text.startsWith("dgram:") ? text.substring("dgram:".length()).split(",", -1) : new String[0];
        if (ends.length == 2
                && address(ends[0], text) instanceof UnixDomainSocketAddress local
                && address(ends[1], text) instanceof UnixDomainSocketAddress remote) {
            return new UnixDatagrams(local.getPath(), remote.getPath());
        }
        if (ends.length == 2
                && address(ends[0], text) instanceof InetSocketAddress local
                && address(ends[1], text) instanceof InetSocketAddress remote) {
            return new Datagrams(local, remote);
        }
        throw wrong(text);
    }

    private static SocketAddress address(String address, String text) {
        Matcher internet = Pattern.compile("([^:,]+):(\\d{1,5})").matcher(address);
        try {
            if (address.startsWith("unix:") && address.length() > "unix:".length()) {
                return UnixDomainSocketAddress.of(address.substring("unix:".length()));
            }
            if (internet.matches() && Integer.parseInt(internet.group(2)) <= 0xFFFF) {
                return new InetSocketAddress(internet.group(1), Integer.parseInt(internet.group(2)));
            }
        } catch (InvalidPathException e) {
            // said below
        }
        throw wrong(text);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("'%s' is no socket for frames; write %s".formatted(text, USAGE));
    }
}
