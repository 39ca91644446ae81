// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import picorn.netstack.address.IpAddress;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpInfo;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.tcp.TcpState;

/**
 * A TCP connection of a {@link HostStack} with streams that block. Any thread may call any method at any time; threads that read
 * take turns, so do threads that write, and one may read while another writes.
 *
 * <pre>{@code
 * try (TcpStream stream = TcpStream.connect(host, Ipv4Address.parse("10.0.9.1"), 80, Duration.ofSeconds(5))) {
 *     stream.output().write("GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
 *     stream.shutdownOutput();
 *     System.out.write(stream.input().readAllBytes());
 * }
 * }</pre>
 */
public final class TcpStream implements Closeable {
    private final HostStack host;
    private final TcpSocket socket;
    private final Connect connected = new Connect();
    private final Read read = new Read();
    private final Write write = new Write();
    private final ReentrantLock reader = new ReentrantLock();
    private final ReentrantLock writer = new ReentrantLock();
    private final InputStream input = new Input();
    private final OutputStream output = new Output();
    private volatile long readTimeout = Call.FOREVER;
    private volatile long writeTimeout = Call.FOREVER;
    private volatile boolean closed;

    /** On the stack's thread. */
    TcpStream(HostStack host, TcpSocket socket) {
        this.host = host;
        this.socket = socket;
        socket.onReady(this::ready);
    }

    /**
     * Connects with default buffers.
     *
     * @param host the stack
     * @param remote the peer's address
     * @param port the peer's port, 1 to 65535
     * @param timeout how long to wait for it, zero for as long as TCP tries
     * @return the connection, to be closed by the caller
     * @throws IOException refused, reset, timed out, unreachable or out of memory, each by a message of its own
     */
    public static TcpStream connect(HostStack host, IpAddress remote, int port, Duration timeout) throws IOException {
        return connect(host, remote, port, timeout, TcpConfig.DEFAULT);
    }

    /**
     * Connects.
     *
     * @param host the stack
     * @param remote the peer's address
     * @param port the peer's port, 1 to 65535
     * @param timeout how long to wait for it, zero for as long as TCP tries
     * @param config buffers and algorithms
     * @return the connection, to be closed by the caller
     * @throws IOException refused, reset, timed out, unreachable or out of memory, each by a message of its own
     */
    public static TcpStream connect(HostStack host, IpAddress remote, int port, Duration timeout, TcpConfig config)
            throws IOException {
        TcpStream stream = host.call(stack -> new TcpStream(host, stack.tcp().connect(remote, port, config)));
        try {
            host.perform(stream.connected, timeout.toNanos());
            return stream;
        } catch (IOException | RuntimeException e) {
            stream.abort();
            throw e;
        }
    }

    private void ready() {
        connected.run();
        read.run();
        write.run();
    }

    private final class Connect extends Call {
        @Override
        boolean attempt() throws IOException {
            TcpFailures.check(socket);
            return socket.state() != TcpState.SYN_SENT && socket.state() != TcpState.SYN_RECEIVED;
        }
    }

    private final class Read extends Call {
        private byte[] to;
        private int offset;
        private int length;
        private int count;

        @Override
        boolean attempt() throws IOException {
            requireOpen();
            count = socket.read(to, offset, length);
            if (count <= 0) {
                TcpFailures.check(socket);
            }
            return count != 0;
        }
    }

    private final class Write extends Call {
        private byte[] from;
        private int offset;
        private int length;

        @Override
        boolean attempt() throws IOException {
            requireOpen();
            TcpFailures.check(socket);
            int taken = socket.write(from, offset, length);
            offset += taken;
            length -= taken;
            return length == 0;
        }
    }

    private void requireOpen() throws SocketException {
        if (closed) {
            throw new SocketException("the connection is closed");
        }
    }

    private final class Input extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, to.length);
            if (length == 0) {
                return 0;
            }
            reader.lock();
            try {
                read.to = to;
                read.offset = offset;
                read.length = length;
                host.perform(read, readTimeout);
                return read.count;
            } finally {
                reader.unlock();
            }
        }

        @Override
        public int available() throws IOException {
            return host.call(stack -> socket.readable());
        }

        @Override
        public void close() throws IOException {
            TcpStream.this.close();
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, from.length);
            writer.lock();
            try {
                write.from = from;
                write.offset = offset;
                write.length = length;
                host.perform(write, writeTimeout);
            } finally {
                writer.unlock();
            }
        }

        @Override
        public void close() throws IOException {
            TcpStream.this.close();
        }
    }

    /**
     * What the peer sends. Its end is the peer's FIN; after a failure of the connection an {@link IOException} says which. Each read is
     * a call of the stack's thread: to read octet by octet, put a {@link java.io.BufferedInputStream} around it.
     *
     * @return always the same stream; closing it closes the connection
     */
    public InputStream input() {
        return input;
    }

    /**
     * What goes to the peer. A write ends when the send buffer has taken all; if it times out, a part may have been taken.
     *
     * @return always the same stream; closing it closes the connection
     */
    public OutputStream output() {
        return output;
    }

    /**
     * Limits how long a read waits.
     *
     * @param longest zero for as long as it takes, as it is at first
     */
    public void readTimeout(Duration longest) {
        readTimeout = longest.toNanos();
    }

    /**
     * Limits how long a write waits for room in the send buffer.
     *
     * @param longest zero for as long as it takes, as it is at first
     */
    public void writeTimeout(Duration longest) {
        writeTimeout = longest.toNanos();
    }

    /**
     * Tells the peer that nothing more will be sent; reading goes on.
     *
     * @throws IOException if the stack is closed
     */
    public void shutdownOutput() throws IOException {
        host.call(stack -> {
            socket.shutdownOutput();
            return this;
        });
    }

    /**
     * Ends both directions: what was written is still sent in the background, and the peer sees a FIN, or a RST if it has sent
     * what was not read. Threads that wait in a stream are told by an {@link IOException}.
     *
     * @throws IOException if the stack is closed
     */
    @Override
    public void close() throws IOException {
        end(TcpSocket::close);
    }

    /**
     * Ends the connection at once by a RST.
     *
     * @throws IOException if the stack is closed
     */
    public void abort() throws IOException {
        end(TcpSocket::abort);
    }

    private void end(Consumer<TcpSocket> how) throws IOException {
        host.call(stack -> {
            if (!closed) {
                closed = true;
                how.accept(socket);
                ready();
            }
            return this;
        });
    }

    /**
     * The peer.
     *
     * @return its address
     */
    public IpAddress remoteAddress() {
        return socket.remoteAddress();
    }

    /**
     * The peer's port.
     *
     * @return 1 to 65535
     */
    public int remotePort() {
        return socket.remotePort();
    }

    /**
     * Our port.
     *
     * @return 1 to 65535
     */
    public int localPort() {
        return socket.localPort();
    }

    /**
     * How the connection fares.
     *
     * @return round-trip time, windows, retransmissions
     * @throws IOException if the stack is closed
     */
    public TcpInfo info() throws IOException {
        return host.call(stack -> socket.info());
    }
}
