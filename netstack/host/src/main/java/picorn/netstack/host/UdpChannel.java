// SPDX-License-Identifier: MIT
package picorn.netstack.host;

import java.io.Closeable;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import picorn.netstack.ip.SendResult;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

/**
 * A UDP port of a {@link HostStack} whose reception blocks; any thread may call any method at any time.
 *
 * <pre>{@code
 * try (UdpChannel channel = UdpChannel.bind(host, 7, 65_536)) {
 *     UdpDatagram datagram = new UdpDatagram(new byte[1472]);
 *     channel.receive(datagram);
 *     channel.send(datagram); // back to where it came from
 * }
 * }</pre>
 */
public final class UdpChannel implements Closeable {
    private final HostStack host;
    private final UdpSocket socket;
    private final ReentrantLock receiver = new ReentrantLock();
    private final Receive receive = new Receive();
    private volatile long timeout = Call.FOREVER;
    private volatile boolean closed;

    private UdpChannel(HostStack host, UdpSocket socket) {
        this.host = host;
        this.socket = socket;
    }

    /**
     * Opens a port.
     *
     * @param host the stack
     * @param port 1 to 65535
     * @param queueOctets room for received datagrams
     * @return the channel, to be closed by the caller
     * @throws IOException if the stack is closed
     * @throws IllegalStateException if the port is taken
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public static UdpChannel bind(HostStack host, int port, int queueOctets) throws IOException {
        return host.call(stack -> new UdpChannel(host, stack.udp().bind(port, queueOctets)).watched());
    }

    /**
     * Opens a free port that nobody can foretell.
     *
     * @param host the stack
     * @param queueOctets room for received datagrams
     * @return the channel, to be closed by the caller
     * @throws IOException if the stack is closed
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public static UdpChannel bind(HostStack host, int queueOctets) throws IOException {
        return host.call(stack -> new UdpChannel(host, stack.udp().bind(queueOctets)).watched());
    }

    private UdpChannel watched() {
        socket.onReadable(receive::run);
        return this;
    }

    /**
     * Its own port.
     *
     * @return 1 to 65535
     */
    public int port() {
        return socket.port();
    }

    /**
     * Limits how long {@link #receive} waits.
     *
     * @param longest zero for as long as it takes, as it is at first
     */
    public void timeout(Duration longest) {
        timeout = longest.toNanos();
    }

    /**
     * Waits for a datagram.
     *
     * @param into where its data and its sender's address go
     * @throws java.net.SocketTimeoutException if none has come in time
     * @throws IOException if the channel or the stack is closed
     */
    public void receive(UdpDatagram into) throws IOException {
        receiver.lock();
        try {
            receive.into = into;
            host.perform(receive, timeout);
        } finally {
            receiver.unlock();
        }
    }

    private final class Receive extends Call {
        private UdpDatagram into;

        @Override
        boolean attempt() throws IOException {
            if (closed) {
                throw new SocketException("the channel is closed");
            }
            return socket.receive(into);
        }
    }

    /**
     * Sends a datagram.
     *
     * @param datagram its data, address and port; one that was received goes back to its sender
     * @return what became of it
     * @throws IOException if the stack is closed
     * @throws IllegalStateException if the channel is closed
     */
    public SendResult send(UdpDatagram datagram) throws IOException {
        return host.call(stack -> socket.send(datagram));
    }

    /** Gives up the port; a thread that waits in {@link #receive} is told by an {@link IOException}. */
    @Override
    public void close() throws IOException {
        host.call(stack -> {
            socket.close();
            closed = true;
            receive.run();
            return this;
        });
    }
}
