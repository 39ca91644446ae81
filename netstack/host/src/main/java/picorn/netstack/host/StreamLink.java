// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.Optional;

/**
 * Ethernet frames over a stream socket, as QEMU's {@code -netdev stream} and {@code -netdev socket} have them (QEMU, net/stream.c):
 * before each frame its length, four octets, big endian. A server has one client at a time and waits for the next when it leaves.
 *
 * <pre>{@code
 * try (StreamLink link = StreamLink.listen(new InetSocketAddress("127.0.0.1", 7000))) { ... }
 * // qemu-system-arm ... -netdev stream,id=n,server=off,addr.type=inet,addr.host=127.0.0.1,addr.port=7000
 * }</pre>
 */
public final class StreamLink implements HostLink {
    private static final int PREFIX = 4;
    private static final int BUFFER = 2 * (PREFIX + LARGEST_FRAME);

    private final Selector selector = Selector.open();
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private final ByteBuffer out = ByteBuffer.allocateDirect(PREFIX + LARGEST_FRAME);
    private Optional<ServerSocketChannel> server = Optional.empty();
    private Optional<SocketChannel> peer = Optional.empty();
    private long dropped;
    private volatile boolean closed;

    private StreamLink() throws IOException {
        clear();
    }

    /**
     * Connects to a server.
     *
     * @param to its address, Internet or Unix
     * @return the link, which ends with the connection
     * @throws IOException if it does not answer
     */
    public static StreamLink connect(SocketAddress to) throws IOException {
        StreamLink link = new StreamLink();
        try {
            link.serve(SocketChannel.open(to));
            return link;
        } catch (IOException | RuntimeException e) {
            link.close();
            throw e;
        }
    }

    /**
     * Waits for clients.
     *
     * @param at where, Internet or Unix; the file of a Unix address must not exist, and is removed in the end
     * @return the link, to which nobody is connected yet
     * @throws IOException if the address cannot be had
     */
    public static StreamLink listen(SocketAddress at) throws IOException {
        StreamLink link = new StreamLink();
        try {
            ServerSocketChannel server = at instanceof UnixDomainSocketAddress
                    ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                    : ServerSocketChannel.open();
            link.server = Optional.of(server);
            server.bind(at, 1).configureBlocking(false);
            server.register(link.selector, SelectionKey.OP_ACCEPT);
            return link;
        } catch (IOException | RuntimeException e) {
            link.close();
            throw e;
        }
    }

    /**
     * Where a server listens.
     *
     * @return its address with the port that was chosen if 0 was asked for; nothing of a client
     * @throws IOException if it is closed
     */
    public Optional<SocketAddress> listensAt() throws IOException {
        return server.isPresent() ? Optional.of(server.get().getLocalAddress()) : Optional.empty();
    }

    private void serve(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        if (channel.getLocalAddress() instanceof InetSocketAddress) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        }
        channel.register(selector, SelectionKey.OP_READ);
        peer = Optional.of(channel);
        clear();
    }

    private void clear() {
        in.clear().flip();
        out.clear().flip();
    }

    @Override
    public void receive(byte[] frame, int offset, int length, long now) {
        if (peer.isEmpty() || out.hasRemaining() && !flushed()) {
            dropped++;
            return;
        }
        out.clear().putInt(length).put(frame, offset, length).flip();
        flushed();
    }

    /** Writes what the socket takes; whether that is everything. A connection that has failed is found out by reading. */
    private boolean flushed() {
        try {
            SocketChannel channel = peer.orElseThrow();
            channel.write(out);
            interest(channel, SelectionKey.OP_READ | (out.hasRemaining() ? SelectionKey.OP_WRITE : 0));
        } catch (IOException e) {
            out.position(out.limit());
        }
        return !out.hasRemaining();
    }

    /** Says what is waited for; of a channel that another thread has closed in the meantime nothing is. */
    private void interest(SelectableChannel channel, int operations) throws EOFException {
        SelectionKey key = channel.keyFor(selector);
        try {
            if (key != null) {
                key.interestOps(operations);
            }
        } catch (CancelledKeyException e) {
            throw new EOFException("the link is closed");
        }
    }

    /**
     * Frames that were not sent: nobody was connected, or the other end did not take them fast enough.
     *
     * @return a count
     */
    public long dropped() {
        return dropped;
    }

    @Override
    public int take(byte[] into) throws IOException {
        if (closed) {
            throw new EOFException("the link is closed");
        }
        accept();
        if (peer.isEmpty()) {
            return 0;
        }
        if (out.hasRemaining()) {
            flushed();
        }
        int length = complete();
        if (length == 0 && fill()) {
            length = complete();
        }
        if (length > 0) {
            in.getInt();
            in.get(into, 0, length);
        }
        return length;
    }

    private void accept() throws IOException {
        if (server.isPresent() && peer.isEmpty()) {
            SocketChannel client = server.get().accept();
            if (client != null) {
                interest(server.get(), 0);
                serve(client);
            }
        }
    }

    /** The length of the frame that is there completely, or 0. */
    private int complete() throws IOException {
        if (in.remaining() < PREFIX) {
            return 0;
        }
        int length = in.getInt(in.position());
        if (length <= 0 || length > LARGEST_FRAME) {
            hangUp("sends no frames as QEMU does");
            return 0;
        }
        return in.remaining() >= PREFIX + length ? length : 0;
    }

    private boolean fill() throws IOException {
        int count;
        try {
            in.compact();
            count = peer.isPresent() ? peer.get().read(in) : 0;
        } catch (IOException e) {
            count = -1;
        } finally {
            in.flip();
        }
        if (count < 0) {
            hangUp("has closed the connection");
        }
        return count > 0;
    }

    /** A client that has lost its server is at its end. */
    private void hangUp(String what) throws IOException {
        peer.orElseThrow().close();
        peer = Optional.empty();
        clear();
        if (server.isEmpty()) {
            throw new EOFException("the other end of the socket " + what);
        }
        interest(server.get(), SelectionKey.OP_ACCEPT);
    }

    @Override
    public void await(long nanoseconds) throws IOException {
        SelectorWait.await(selector, nanoseconds);
    }

    @Override
    public void wake() {
        selector.wakeup();
    }

    /** Closes the sockets; another thread that waits or takes is told. */
    @Override
    public void close() {
        closed = true;
        try {
            if (server.isPresent()) {
                closeServer(server.get());
            }
            if (peer.isPresent()) {
                peer.get().close();
            }
            selector.close();
        } catch (IOException e) {
            // gone all the same
        }
    }

    private static void closeServer(ServerSocketChannel server) throws IOException {
        boolean bound = server.isOpen() && server.getLocalAddress() instanceof UnixDomainSocketAddress;
        Optional<SocketAddress> at = bound ? Optional.of(server.getLocalAddress()) : Optional.empty();
        server.close();
        if (at.isPresent() && at.get() instanceof UnixDomainSocketAddress unix) {
            Files.deleteIfExists(unix.getPath());
        }
    }
}
