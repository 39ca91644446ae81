// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.util.Optional;
import picorn.netstack.address.IpAddress;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.ip.SendOptions;
import picorn.netstack.ip.SendResult;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

/** A datagram socket; it has a port of UDP's from the first use that needs one. */
final class DatagramSocket extends DeviceSocket {
    static final int TYPE = 2;

    private static final int UDP = 17;
    private static final int LARGEST = 65507;
    private static final int DEFAULT_QUEUE = 8 << 10;
    private static final int SMALLEST_QUEUE = 2 << 10;
    private static final int LARGEST_QUEUE = 64 << 10;

    private final UdpDatagram datagram;
    private Optional<UdpSocket> udp = Optional.empty();
    private SendOptions how = SendOptions.DEFAULT;
    private int queue = DEFAULT_QUEUE;
    private int peerAddress;
    private int peerPort;
    private boolean inputShut;
    private boolean outputShut;

    DatagramSocket(Host host, Exchange exchange) {
        super(host);
        datagram = new UdpDatagram(exchange.staging);
    }

    @Override
    int type() {
        return TYPE;
    }

    @Override
    int protocol() {
        return UDP;
    }

    @Override
    void bind(int address, int port, Binding binding) throws Refused {
        if (udp.isPresent()) {
            throw Errno.EINVAL.refused();
        }
        if (!host.isLocal(address) && !host.isBroadcast(address) && !Ipv4Address.isMulticast(address)) {
            throw Errno.EADDRNOTAVAIL.refused();
        }
        open(port);
        localAddress = address;
    }

    private UdpSocket open(int port) throws Refused {
        try {
            UdpSocket socket = port == 0
                    ? host.stack().udp().bind(queue)
                    : host.stack().udp().bind(port, queue);
            socket.options(how);
            udp = Optional.of(socket);
            hear();
            localPort = socket.port();
            return socket;
        } catch (IllegalStateException e) {
            throw Errno.EADDRINUSE.refused();
        }
    }

    @Override
    void hear() {
        udp.ifPresent(socket -> {
            socket.onReadable(this::change);
            socket.onError(this::told);
        });
    }

    private UdpSocket opened() throws Refused {
        return udp.isPresent() ? udp.get() : open(0);
    }

    /** As with Linux, only a socket with one peer hears of errors. */
    private void told() {
        udp.orElseThrow().takeError().filter(e -> peerPort != 0).ifPresent(e -> {
            error = Errno.of(e.kind());
            change();
        });
    }

    @Override
    void connect(int address, int port) throws Refused {
        if (port == 0) {
            throw Errno.EINVAL.refused();
        }
        int to = host.destination(address);
        int source = host.sourceFor(to);
        opened().connect(address(to), port);
        peerAddress = to;
        peerPort = port;
        if (localAddress == 0) {
            localAddress = source;
        }
    }

    @Override
    void disconnect() {
        udp.ifPresent(UdpSocket::disconnect);
        peerAddress = 0;
        peerPort = 0;
        localAddress = 0;
    }

    @Override
    int peerAddress() {
        return peerAddress;
    }

    @Override
    int peerPort() {
        return peerPort;
    }

    @Override
    int send(Exchange exchange) throws Refused {
        raiseError();
        if (outputShut) {
            throw Errno.EPIPE.refused();
        }
        Command command = exchange.command;
        boolean addressed = command.flag(Command.ADDRESSED);
        int port = addressed ? command.port() : peerPort;
        if (port == 0) {
            throw (addressed ? Errno.EINVAL : Errno.EDESTADDRREQ).refused();
        }
        IpAddress to = address(addressed ? host.destination(command.address()) : peerAddress);
        int length = exchange.pieces.length();
        if (length > LARGEST) {
            throw Errno.EMSGSIZE.refused();
        }
        UdpSocket socket = opened();
        if (command.flag(Command.BROADCAST)) {
            socket.allowBroadcast();
        }
        exchange.pieces.gather(exchange.staging, length);
        SendResult result = socket.send(datagram.to(to, port).length(length));
        if (result != SendResult.SENT) {
            throw Errno.of(result).refused();
        }
        return length;
    }

    @Override
    int receive(Exchange exchange) throws Refused {
        raiseError();
        if (udp.isEmpty() || !udp.get().peek(datagram)) {
            if (inputShut) {
                return 0;
            }
            throw Errno.EAGAIN.refused();
        }
        int length = Math.min(datagram.length(), exchange.pieces.length());
        if (datagram.peer() instanceof Ipv4Address from) {
            exchange.completion.endpoint(from.bits(), datagram.port());
        }
        exchange.completion.a(datagram.length());
        exchange.pieces.scatter(exchange.staging, length);
        if (!exchange.command.flag(Command.PEEK)) {
            udp.get().receive(datagram);
        }
        return length;
    }

    @Override
    void shutdown(int how) throws Refused {
        if (peerPort == 0) {
            throw Errno.ENOTCONN.refused();
        }
        inputShut |= how != 1;
        outputShut |= how != 0;
    }

    @Override
    int state() {
        boolean readable = inputShut || udp.map(UdpSocket::isReadable).orElse(false);
        return OUT | (readable ? IN : 0) | (inputShut ? RDHUP : 0) | (error == Errno.NONE ? 0 : ERR);
    }

    @Override
    void option(int option, int value, int second) throws Refused {
        if (option == PacketOptions.SO_RCVBUF) {
            queue = Math.max(SMALLEST_QUEUE, Math.min(value, LARGEST_QUEUE));
        } else {
            how = PacketOptions.set(how, option, value);
            udp.ifPresent(socket -> socket.options(how));
        }
    }

    @Override
    int option(Exchange exchange, int option) throws Refused {
        return PacketOptions.get(how, option);
    }

    @Override
    int readable(Exchange exchange) {
        return udp.filter(socket -> socket.peek(datagram))
                .map(socket -> datagram.length())
                .orElse(0);
    }

    @Override
    void close(int seconds) {
        udp.ifPresent(UdpSocket::close);
    }
}
