// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import java.util.Objects;
import java.util.Optional;
import picorn.netstack.address.IpAddress;
import picorn.netstack.octets.OctetStore;
import picorn.netstack.octets.Octets;

/**
 * One end of a TCP connection. Nothing blocks: reading gives what has come, writing takes what there is room for, and a
 * callback tells of changes.
 *
 * <pre>{@code
 * TcpSocket socket = stack.tcp().connect(Ipv4Address.parse("10.0.2.15"), 80, TcpConfig.DEFAULT);
 * socket.onReady(() -> {
 *     int length = socket.read(buffer, 0, buffer.length);
 *     ...
 * });
 * }</pre>
 */
public final class TcpSocket implements AutoCloseable {
    static final int MEMORY = 16;

    private final Connection connection;

    TcpSocket(Connection connection) {
        this.connection = connection;
    }

    /**
     * Takes octets that have come.
     *
     * @param to where they go
     * @param offset the index of the first one
     * @param length how many are wanted
     * @return how many were taken; 0 if none wait, or the connection has failed, see {@link #failure}; -1 if the peer has
     *     ended and all has been read
     * @throws IllegalStateException if the socket is closed
     */
    public int read(byte[] to, int offset, int length) {
        int count = peek(to, offset, length);
        if (count > 0) {
            connection.tcp.user().read(connection, count);
        }
        return count;
    }

    /**
     * Looks at octets that have come, which remain to be read.
     *
     * @param to where they go
     * @param offset the index of the first one
     * @param length how many are wanted
     * @return as {@link #read} does
     * @throws IllegalStateException if the socket is closed
     */
    public int peek(byte[] to, int offset, int length) {
        return peek(view(to, offset, length));
    }

    /**
     * Looks at octets that have come, which remain to be read until they are {@linkplain #skip skipped}.
     *
     * @param to where they go, as many as have room
     * @return as {@link #read} does
     * @throws IllegalStateException if the socket is closed
     */
    public int peek(OctetStore to) {
        checkOpen();
        if (readable() == 0) {
            return connection.finReceived ? -1 : 0;
        }
        return connection.in.peek(to);
    }

    /**
     * Drops octets that have come and were looked at.
     *
     * @param length how many, at most those that are {@link #readable}
     * @throws IllegalStateException if the socket is closed
     */
    public void skip(int length) {
        checkOpen();
        connection.tcp.user().read(connection, Objects.checkIndex(length, readable() + 1));
    }

    /**
     * Changes how the connection behaves: {@link TcpFeature#NO_DELAY}, keep-alive, user timeout, linger time. What was agreed on with the
     * peer, and the buffers, stay as they are.
     *
     * @param config what else it says has no effect
     */
    public void configure(TcpConfig config) {
        connection.tcp.user().configure(connection, config);
    }

    /**
     * How much has come.
     *
     * @return octets that can be read
     */
    public int readable() {
        return connection.in.length();
    }

    /**
     * Hands in octets to be sent; before the connection is established they wait.
     *
     * @param from where they are
     * @param offset the index of the first one
     * @param length how many there are
     * @return how many were taken; 0 if there is no room, or the connection has failed
     * @throws IllegalStateException if the socket is closed, or its output is
     */
    public int write(byte[] from, int offset, int length) {
        return write(view(from, offset, length));
    }

    /**
     * Hands in octets that are elsewhere than in an array, a guest's memory for example.
     *
     * @param from where they are, all of it
     * @return as {@link #write(byte[], int, int)} does
     * @throws IllegalStateException if the socket is closed, or its output is
     */
    public int write(OctetStore from) {
        checkWritable();
        return connection.tcp.user().write(connection, from);
    }

    /**
     * Hands in urgent octets (RFC 6093): they are sent in their place among the others, and the peer is told that it should
     * hurry up to their end.
     *
     * @param from where they are, all of it
     * @return as {@link #write(byte[], int, int)} does
     * @throws IllegalStateException if the socket is closed, or its output is
     */
    public int writeUrgent(OctetStore from) {
        checkWritable();
        return connection.tcp.user().writeUrgent(connection, from);
    }

    /**
     * How far the peer's urgent data reaches.
     *
     * @return octets until its end, of those that come next; 0 if there is none
     */
    public int urgentMark() {
        return Math.max(0, connection.rcv.up - connection.rcv.nxt + connection.in.length());
    }

    /**
     * How much could be handed in.
     *
     * @return octets of room in the send buffer; 0 if none may be handed in
     */
    public int writable() {
        return connection.state.maySend() && !connection.finQueued ? connection.out.room() : 0;
    }

    /**
     * Ends the output: the peer is told when all has been sent. Reading goes on.
     *
     * @throws IllegalStateException if the socket is closed
     */
    public void shutdownOutput() {
        checkOpen();
        connection.tcp.user().shutdown(connection);
    }

    /** Closes: what was written is still delivered, in the background; if something was not read, the connection is reset. */
    @Override
    public void close() {
        if (!connection.abandoned) {
            connection.tcp.user().close(connection);
        }
    }

    /** Resets the connection; what was written is lost. */
    public void abort() {
        if (!connection.abandoned) {
            connection.tcp.user().abort(connection);
        }
    }

    /**
     * How far the connection is.
     *
     * @return its state
     */
    public TcpState state() {
        return connection.state();
    }

    /**
     * Why the connection has failed.
     *
     * @return the reason, or nothing if it has not
     */
    public Optional<TcpFailure> failure() {
        return Optional.ofNullable(connection.failure);
    }

    /**
     * Says what is to be done when something has changed: it can be read or written, it is connected, the peer has ended,
     * it has failed.
     *
     * @param ready called once for each change at the end of the call from outside; it may call any socket of the stack
     */
    public void onReady(Runnable ready) {
        connection.ready = ready;
    }

    /**
     * The address of this side.
     *
     * @return a new object
     */
    public IpAddress localAddress() {
        return connection.addresses.source();
    }

    /**
     * The port of this side.
     *
     * @return 1 to 65535
     */
    public int localPort() {
        return connection.localPort;
    }

    /**
     * The address of the peer.
     *
     * @return a new object
     */
    public IpAddress remoteAddress() {
        return connection.addresses.destination();
    }

    /**
     * The port of the peer.
     *
     * @return 1 to 65535
     */
    public int remotePort() {
        return connection.remotePort;
    }

    /**
     * What is known of the path.
     *
     * @return as it is now
     */
    public TcpInfo info() {
        return TcpInfo.of(connection);
    }

    private Octets view(byte[] array, int offset, int length) {
        return connection.tcp.user().view.aim(array, offset, length);
    }

    private void checkWritable() {
        checkOpen();
        if (connection.finQueued) {
            throw new IllegalStateException("the output has been shut down; write before shutdownOutput()");
        }
    }

    private void checkOpen() {
        if (connection.abandoned) {
            throw new IllegalStateException("the socket of port " + localPort() + " is closed; open a new one");
        }
    }
}
