// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

import picorn.netstack.address.AddressPair;
import picorn.netstack.ip.SendResult;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/**
 * A UDP port of a stack. Nothing blocks: what is received waits in a bounded queue, and a callback tells of it.
 *
 * <pre>{@code
 * UdpSocket socket = stack.udp().bind(7, 8192);
 * UdpDatagram datagram = new UdpDatagram(new byte[1472]);
 * socket.onReadable(() -> {
 *     while (socket.receive(datagram)) {
 *         socket.send(datagram); // back to where it came from
 *     }
 * });
 * }</pre>
 */
public final class UdpSocket implements AutoCloseable {
    private static final int OBJECT_OVERHEAD = 256;

    private final Udp udp;
    private final int port;
    private final int queueOctets;
    private final DatagramQueue queue;
    private Runnable readable = () -> {};
    private boolean closed;
    private long dropped;

    UdpSocket(Udp udp, int port, int queueOctets) {
        this.udp = udp;
        this.port = port;
        this.queueOctets = queueOctets;
        queue = new DatagramQueue(queueOctets);
    }

    static long memory(int queueOctets) {
        return (long) queueOctets + OBJECT_OVERHEAD;
    }

    /**
     * Its own port.
     *
     * @return 1 to 65535
     */
    public int port() {
        return port;
    }

    /**
     * Says what is to be done when a datagram has come.
     *
     * @param readable called from within the stack's {@code receive} after each datagram that was queued; it may call any
     *     method of any socket of the stack
     */
    public void onReadable(Runnable readable) {
        this.readable = readable;
    }

    /**
     * Takes the oldest datagram that waits.
     *
     * @param into where its data and its sender's address go
     * @return false, and nothing changed, if none waits
     */
    public boolean receive(UdpDatagram into) {
        if (queue.isEmpty()) {
            return false;
        }
        queue.take(into);
        return true;
    }

    /**
     * Sends a datagram from this port.
     *
     * @param datagram its data, address and port; one that was received goes back to its sender
     * @return whether it was sent
     * @throws IllegalStateException if the socket is closed
     */
    public SendResult send(UdpDatagram datagram) {
        if (closed) {
            throw new IllegalStateException("the socket of UDP port " + port + " is closed; bind a new one");
        }
        return udp.send(port, datagram);
    }

    /**
     * Datagrams dropped since the queue was full.
     *
     * @return a count
     */
    public long dropped() {
        return dropped;
    }

    void deliver(AddressPair answer, int peerPort, Octets data) throws Malformed {
        if (!queue.add(answer, peerPort, data)) {
            dropped++;
            throw Drop.UDP_QUEUE_FULL.malformed();
        }
        readable.run();
    }

    /** Gives up the port, what waits in the queue, and the memory. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            udp.close(this, queueOctets);
        }
    }
}
