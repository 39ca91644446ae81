// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

import picorn.netstack.address.AddressPair;
import picorn.netstack.address.IpAddress;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.context.Counter;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.StackContext;
import picorn.netstack.ip.Cast;
import picorn.netstack.ip.ErrorKind;
import picorn.netstack.ip.ErrorSender;
import picorn.netstack.ip.IpError;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.ip.Membership;
import picorn.netstack.ip.NetworkInterface;
import picorn.netstack.ip.Route;
import picorn.netstack.ip.SendOptions;
import picorn.netstack.ip.SendResult;
import picorn.netstack.ip.Transport;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** UDP (RFC 768; RFC 1122, section 4.1). */
public final class Udp implements Transport {
    /** Its number in the IP header. */
    public static final int PROTOCOL = 17;

    /** First of the ports that are given to sockets which do not ask for one (RFC 6335, section 6). */
    public static final int FIRST_EPHEMERAL = 49152;

    private static final int EPHEMERALS = 0x10000 - FIRST_EPHEMERAL;

    private final StackContext context;
    private final Ipv4 ip;
    private final ErrorSender errors;
    private final PortTable sockets = new PortTable();
    private final AddressPair answer = new AddressPair();
    private final Octets data = new Octets();
    private final AddressPair between = new AddressPair();
    private UdpInterceptor interceptor = UdpInterceptor.NOBODY;
    private final Counter received;
    private final Counter sent;
    private final Counter open;

    /**
     * UDP without sockets.
     *
     * @param context the stack's
     * @param ip how datagrams are sent
     * @param errors who tells senders that nobody listens
     */
    public Udp(StackContext context, Ipv4 ip, ErrorSender errors) {
        this.context = context;
        this.ip = ip;
        this.errors = errors;
        received = context.counter("udp.received");
        sent = context.counter("udp.sent");
        open = context.counter("udp.sockets");
    }

    /**
     * Opens a socket at a port.
     *
     * @param port 1 to 65535
     * @param queueOctets room for received datagrams, each of which takes 36 octets beside its data; drawn from the budget
     * @return the socket, to be closed by the caller
     * @throws IllegalStateException if the port is taken
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public UdpSocket bind(int port, int queueOctets) {
        checkFree(port, sockets.find(Ports.check(port)) != null);
        UdpSocket socket = open(port, queueOctets);
        sockets.add(socket);
        return socket;
    }

    /**
     * Opens a socket at a port of one local address: it takes what is sent to that alone, and sends from there if that is a host's.
     *
     * @param local the address, or an unspecified one for all
     * @param port 1 to 65535
     * @param queueOctets room for received datagrams, as for {@link #bind(int, int)}
     * @return the socket, to be closed by the caller
     * @throws IllegalStateException if the port is taken at this address, or at all of them
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public UdpSocket bind(IpAddress local, int port, int queueOctets) {
        return SharedPort.bind(this, local, port, queueOctets, SharedPort.Use.ALONE);
    }

    /**
     * Opens a socket at a port that others may share which were opened so. What is sent to a group or to everybody goes to each
     * of them that wants it, other datagrams to one: the one that asks for most, the latest of several.
     *
     * @param local the address, or an unspecified one for all
     * @param port 1 to 65535
     * @param queueOctets room for received datagrams, as for {@link #bind(int, int)}
     * @return the socket, to be closed by the caller
     * @throws IllegalStateException if the port is taken by one that does not share it
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public UdpSocket bindShared(IpAddress local, int port, int queueOctets) {
        return SharedPort.bind(this, local, port, queueOctets, SharedPort.Use.SHARED);
    }

    static void checkFree(int port, boolean taken) {
        if (taken) {
            throw new IllegalStateException("UDP port " + port + " is taken; close its socket or take another port");
        }
    }

    PortTable sockets() {
        return sockets;
    }

    /** A socket that is not yet bound. */
    UdpSocket open(int port, int queueOctets) {
        if (queueOctets < 0) {
            throw new IllegalArgumentException("a socket's queue has 0 octets or more, not " + queueOctets);
        }
        context.budget().demand(UdpSocket.memory(queueOctets), "a UDP socket");
        open.count();
        return new UdpSocket(this, port, queueOctets);
    }

    /**
     * Opens a socket at a free port that nobody can foretell.
     *
     * @param queueOctets room for received datagrams, as for {@link #bind(int, int)}
     * @return the socket, to be closed by the caller
     * @throws IllegalStateException if no port is free
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public UdpSocket bind(int queueOctets) {
        return bind(freePort(), queueOctets);
    }

    /**
     * A free port that nobody can foretell (RFC 6056, section 3.3.1).
     *
     * @return 49152 to 65535
     * @throws IllegalStateException if no port is free
     */
    public int freePort() {
        int first = context.random().below(EPHEMERALS);
        for (int i = 0; i < EPHEMERALS; i++) {
            int port = FIRST_EPHEMERAL + (first + i) % EPHEMERALS;
            if (sockets.find(port) == null) {
                return port;
            }
        }
        throw new IllegalStateException("all ephemeral UDP ports are taken; close sockets that are no longer used");
    }

    /**
     * Says who takes datagrams that no socket takes, and those for other hosts that {@link picorn.netstack.ip.Interception}
     * brings here.
     *
     * @param takes nobody does before
     */
    public void intercept(UdpInterceptor takes) {
        interceptor = takes;
    }

    /**
     * Sends a datagram without a socket, from whatever address.
     *
     * @param from bits of the sender's IPv4 address
     * @param fromPort 1 to 65535
     * @param to bits of the receiver's IPv4 address
     * @param toPort 1 to 65535
     * @param octets the data
     * @return whether it was sent
     */
    public SendResult send(int from, int fromPort, int to, int toPort, byte[] octets) {
        between.setIpv4(from, to);
        Route route = ip.route(between);
        return emit(route, between, SendOptions.DEFAULT, fromPort, toPort, octets, octets.length);
    }

    void close(UdpSocket socket, int queueOctets) {
        if (socket.owner().isFreedBy(socket)) {
            sockets.remove(socket.owner());
        }
        open.add(-1);
        context.budget().release(UdpSocket.memory(queueOctets));
    }

    @Override
    public int protocol() {
        return PROTOCOL;
    }

    @Override
    public void receive(IpPacket packet) throws Malformed {
        Octets in = packet.payload();
        UdpFields.checkLength(in);
        if (packet.needsChecksum(PROTOCOL)) {
            UdpFields.checkSum(in, packet.addresses());
        }
        received.count();
        int port = UdpFields.DESTINATION_PORT.get(in);
        if (port == 0) {
            throw UdpDrop.BAD_PORT.malformed();
        }
        int fromPort = UdpFields.SOURCE_PORT.get(in);
        data.aim(in, UdpFields.SIZE, UdpFields.LENGTH.get(in) - UdpFields.SIZE);
        PortOwner owner = sockets.find(port);
        if (packet.cast() == Cast.FOREIGN || owner == null) {
            intercept(packet, fromPort, port);
        } else {
            addressAnswer(packet);
            owner.deliver(packet, answer, fromPort, data);
        }
    }

    private void intercept(IpPacket packet, int fromPort, int port) throws Malformed {
        boolean toOne = packet.cast() == Cast.FOREIGN || packet.cast() == Cast.UNICAST;
        if (!toOne || !interceptor.received(packet, fromPort, port, data)) {
            errors.tell(packet, ErrorKind.PORT_UNREACHABLE, 0);
            throw UdpDrop.PORT_CLOSED.malformed();
        }
    }

    private void addressAnswer(IpPacket packet) {
        AddressPair from = packet.addresses();
        answer.destination(from.sourceHigh(), from.sourceLow());
        if (packet.cast() == Cast.UNICAST) {
            answer.source(from.destinationHigh(), from.destinationLow());
        } else {
            answer.anySource();
        }
    }

    @Override
    public boolean error(IpError error) {
        Octets quoted = error.quoted();
        PortOwner owner = sockets.find(UdpFields.SOURCE_PORT.get(quoted));
        return owner != null && owner.error(error, UdpFields.DESTINATION_PORT.get(quoted));
    }

    Ipv4 ip() {
        return ip;
    }

    Membership join(NetworkInterface at, Ipv4Address group) {
        return ip.groups().join(at, group);
    }

    SendResult send(UdpSocket socket, UdpDatagram datagram) {
        AddressPair addresses = datagram.addresses();
        socket.addressFrom(addresses);
        Route route = socket.isThroughOne() ? ip.route(addresses, socket.through()) : ip.route(addresses);
        if (route != Route.NONE && !socket.mayBroadcast() && ip.isBroadcast(addresses.destinationIpv4())) {
            return SendResult.BROADCAST_FORBIDDEN;
        }
        return emit(
                route,
                addresses,
                socket.options(),
                socket.port(),
                datagram.port(),
                datagram.buffer(),
                datagram.length());
    }

    private SendResult emit(
            Route route,
            AddressPair addresses,
            SendOptions options,
            int fromPort,
            int toPort,
            byte[] octets,
            int dataLength) {
        int length = UdpFields.SIZE + dataLength;
        SendResult result = ip.check(route, length, options);
        if (result != SendResult.SENT) {
            return result;
        }
        PacketBuffer packet = ip.start(route, length, options);
        Octets out = packet.octets();
        out.put(UdpFields.SIZE, octets, 0, dataLength);
        UdpFields.write(out, fromPort, toPort);
        if (ip.needsChecksum(route, addresses, PROTOCOL, length)) {
            UdpFields.seal(out, addresses);
        }
        sent.count();
        ip.send(packet, route, addresses, PROTOCOL, options);
        return result;
    }
}
