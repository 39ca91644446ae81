// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picorn.netstack.address.AddressPair;
import picorn.netstack.address.IpAddress;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.ip.Cast;
import picorn.netstack.ip.ErrorKind;
import picorn.netstack.ip.IpError;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.ip.Membership;
import picorn.netstack.ip.NetworkInterface;
import picorn.netstack.ip.Route;
import picorn.netstack.ip.SendOptions;
import picorn.netstack.ip.SendResult;
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
public final class UdpSocket extends PortOwner implements AutoCloseable {
    private static final int OBJECT_OVERHEAD = 256;

    private final Udp udp;
    private final int queueOctets;
    private final DatagramQueue queue;
    private final List<Membership> groups = new ArrayList<>(0);
    /** Its own address, perhaps an unspecified one, and that of the peer, if it is connected. */
    private final AddressPair ends = new AddressPair();

    private NetworkInterface through = Route.NONE.via();
    private SendOptions options = SendOptions.DEFAULT;
    private Optional<UdpError> error = Optional.empty();
    private Runnable failed = () -> {};
    private int peerPort;
    private boolean broadcast;
    private Runnable readable = () -> {};
    private PortOwner owner = this;
    private boolean closed;
    private long dropped;

    UdpSocket(Udp udp, int port, int queueOctets) {
        super(port);
        this.udp = udp;
        ends.anySource();
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
     * Says what is to be done when somebody tells that a datagram did not arrive.
     *
     * @param failed called from within the stack's {@code receive}, when {@link #takeError()} has something new
     */
    public void onError(Runnable failed) {
        this.failed = failed;
    }

    /**
     * The last error that was told of a datagram of this socket.
     *
     * @return the error, once; nothing if there is none
     */
    public Optional<UdpError> takeError() {
        Optional<UdpError> taken = error;
        error = Optional.empty();
        return taken;
    }

    /**
     * Takes datagrams of one peer only, from now on; an error that it tells is also the result of the next
     * {@link #send(UdpDatagram)}.
     *
     * @param address the peer's
     * @param port the peer's, 1 to 65535
     */
    public void connect(IpAddress address, int port) {
        Ports.check(port);
        ends.destination(address.high(), address.low());
        peerPort = port;
    }

    /** Takes datagrams of all peers again. */
    public void disconnect() {
        ends.destination(0, 0);
        peerPort = 0;
    }

    /**
     * Says how datagrams are to be sent: hop limit, type of service, not to be cut up.
     *
     * @param how the options; {@link SendOptions#DEFAULT} before
     */
    public void options(SendOptions how) {
        options = how;
    }

    /** Lets it send to all hosts of a network. */
    public void allowBroadcast() {
        broadcast = true;
    }

    /**
     * Sends and receives through one interface only, even while that has no address: it then sends from 0.0.0.0, and takes
     * what comes in whatever address it is for, as a DHCP client must.
     *
     * @param link the interface
     */
    public void through(NetworkInterface link) {
        through = link;
    }

    /**
     * Joins a multicast group.
     *
     * @param at the interface
     * @param group the group's address
     * @return the membership, with its source filter; it is closed with the socket at the latest
     * @throws IllegalStateException if the stack has no IGMP
     */
    public Membership join(NetworkInterface at, Ipv4Address group) {
        Membership membership = udp.join(at, group);
        groups.add(membership);
        return membership;
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
     * Whether a datagram waits.
     *
     * @return true if {@link #receive} finds one
     */
    public boolean isReadable() {
        return !queue.isEmpty();
    }

    /**
     * Looks at the oldest datagram that waits, which remains to be received.
     *
     * @param into where its data and its sender's address go
     * @return false, and nothing changed, if none waits
     */
    public boolean peek(UdpDatagram into) {
        if (queue.isEmpty()) {
            return false;
        }
        queue.peek(into);
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
        if (peerPort != 0 && takeError().isPresent()) {
            return SendResult.UNREACHABLE;
        }
        return udp.send(this, datagram);
    }

    /**
     * Datagrams dropped since the queue was full.
     *
     * @return a count
     */
    public long dropped() {
        return dropped;
    }

    boolean isThroughOne() {
        return through != Route.NONE.via();
    }

    NetworkInterface through() {
        return through;
    }

    SendOptions options() {
        return options;
    }

    boolean mayBroadcast() {
        return broadcast;
    }

    private boolean isPeer(AddressPair to, int port) {
        return peerPort == 0
                || peerPort == port
                        && ends.destinationLow() == to.destinationLow()
                        && ends.destinationHigh() == to.destinationHigh();
    }

    /** Takes an error of a datagram to a port; false if it cannot have been sent by this socket. */
    @Override
    boolean error(IpError told, int toPort) {
        if (!isPeer(told.addresses(), toPort)) {
            return false;
        }
        if (told.kind() != ErrorKind.REDIRECTED) {
            error = Optional.of(new UdpError(
                    told.kind(), told.addresses().destination(), toPort, new Ipv4Address(told.reporterIpv4())));
            failed.run();
        }
        return true;
    }

    PortOwner owner() {
        return owner;
    }

    /** Lets it share its port, and sends from a local address, if one is specified. */
    void boundTo(PortOwner port, IpAddress local) {
        owner = port;
        ends.source(local.high(), local.low());
    }

    boolean isConnected() {
        return peerPort != 0;
    }

    /** Says where a datagram comes from, if that is this socket's to say. */
    void addressFrom(AddressPair addresses) {
        if (ends.sourceIpv4() != 0) {
            addresses.source(ends.sourceHigh(), ends.sourceLow());
        }
    }

    boolean isFor(IpPacket packet, AddressPair answer, int port) {
        return isPeer(answer, port)
                && (!isThroughOne() || through == packet.from())
                && (packet.cast() != Cast.MULTICAST || isMember(packet));
    }

    private boolean isMember(IpPacket packet) {
        AddressPair addresses = packet.addresses();
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).accepts(packet.from(), addresses.destinationIpv4(), addresses.sourceIpv4())) {
                return true;
            }
        }
        return false;
    }

    @Override
    void deliver(IpPacket packet, AddressPair answer, int fromPort, Octets data) throws Malformed {
        if (!isFor(packet, answer, fromPort)) {
            throw UdpDrop.NOT_WANTED.malformed();
        }
        if (!queue(answer, fromPort, data)) {
            throw UdpDrop.QUEUE_FULL.malformed();
        }
    }

    /** Queues a datagram; false if there is no room for it. */
    boolean queue(AddressPair answer, int fromPort, Octets data) {
        boolean queued = queue.add(answer, fromPort, data);
        if (queued) {
            readable.run();
        } else {
            dropped++;
        }
        return queued;
    }

    @Override
    boolean isFreedBy(UdpSocket closed) {
        return true;
    }

    /** Gives up the port, what waits in the queue, and the memory. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            groups.forEach(Membership::close);
            udp.close(this, queueOctets);
        }
    }
}
