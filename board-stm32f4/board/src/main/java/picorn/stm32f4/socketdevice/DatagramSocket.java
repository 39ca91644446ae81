// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.util.Optional;
import picorn.netstack.address.IpAddress;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.ip.SendResult;
import picorn.netstack.udp.Udp;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

/**
 * A datagram socket; it has a port of UDP's from the first use that needs one. Bound to an address it takes what is sent to that alone, and
 * shares a port as SO_REUSEADDR of Linux does.
 */
final class DatagramSocket extends PacketSocket {
    static final int TYPE = 2;

    private static final int UDP = 17;
    private static final int LARGEST = 65507;
    private static final int DEFAULT_QUEUE = 8 << 10;
    private static final int SMALLEST_QUEUE = 2 << 10;
    private static final int LARGEST_QUEUE = 64 << 10;

    private final UdpDatagram datagram;
    private Optional<UdpSocket> udp = Optional.empty();
    private int queue = DEFAULT_QUEUE;
    private int peerPort;

    DatagramSocket(Host host, Exchange exchange) {
        super(host);
        datagram = new UdpDatagram(exchange.packet);
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
        checkBindable(address);
        open(address, port, binding);
        boundTo(address);
    }

    private UdpSocket open(int address, int port, Binding binding) throws Refused {
        Udp all = host.stack().udp();
        try {
            int own = port == 0 ? all.freePort() : port;
            UdpSocket socket =
                    switch (binding) {
                        case EXCLUSIVE -> all.bind(address(address), own, queue);
                        case REUSE -> all.bindShared(address(address), own, queue);
                    };
            socket.options(how);
            udp = Optional.of(socket);
            hear();
            localPort = own;
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
        return udp.isPresent() ? udp.get() : open(0, 0, Binding.EXCLUSIVE);
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
        int to = associate(address);
        opened().connect(address(to), port);
        peerPort = port;
    }

    @Override
    void disconnect() {
        super.disconnect();
        udp.ifPresent(UdpSocket::disconnect);
        peerPort = 0;
    }

    @Override
    int peerPort() {
        return peerPort;
    }

    @Override
    int send(Exchange exchange) throws Refused {
        checkOutput();
        Command command = exchange.command;
        boolean addressed = command.flag(Command.ADDRESSED);
        int port = addressed ? command.port() : peerPort;
        if (port == 0) {
            throw (addressed ? Errno.EINVAL : Errno.EDESTADDRREQ).refused();
        }
        IpAddress to = address(destination(command));
        int length = exchange.pieces.length();
        if (length > LARGEST) {
            throw Errno.EMSGSIZE.refused();
        }
        UdpSocket socket = opened();
        if (command.flag(Command.BROADCAST)) {
            socket.allowBroadcast();
        }
        exchange.pieces.gather(exchange.packet);
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
            return nothing();
        }
        int length = Math.min(datagram.length(), exchange.pieces.length());
        if (datagram.peer() instanceof Ipv4Address from) {
            exchange.completion.endpoint(from.bits(), datagram.port());
        }
        exchange.completion.a(datagram.length());
        exchange.pieces.scatter(exchange.packet, length);
        if (!exchange.command.flag(Command.PEEK)) {
            udp.get().receive(datagram);
        }
        return length;
    }

    @Override
    boolean hasInput() {
        return udp.map(UdpSocket::isReadable).orElse(false);
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
    int readable() {
        return udp.filter(socket -> socket.peek(datagram))
                .map(socket -> datagram.length())
                .orElse(0);
    }

    @Override
    void close(int seconds) {
        udp.ifPresent(UdpSocket::close);
    }
}
