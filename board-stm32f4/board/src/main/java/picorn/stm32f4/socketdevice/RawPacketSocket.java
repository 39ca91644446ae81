// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.nio.ByteBuffer;
import picorn.netstack.ip.SendOptions;
import picorn.netstack.ip.SendResult;
import picorn.netstack.raw.RawSocket;

/** A socket for packets of one protocol, such as ICMP: it receives them with their IPv4 headers. */
final class RawPacketSocket extends DeviceSocket {
    static final int TYPE = 3;

    private static final int ANY_HEADER = 255;
    private static final int QUEUE = 8 << 10;
    private static final int SOURCE = 12;

    private final int protocol;
    private final RawSocket raw;
    private SendOptions how = SendOptions.DEFAULT;
    private boolean headerIncluded;
    private int peerAddress;
    private boolean inputShut;
    private boolean outputShut;

    RawPacketSocket(Host host, int protocol) throws Refused {
        super(host);
        this.protocol = protocol;
        raw = host.raw().orElseThrow(Errno.ESOCKTNOSUPPORT::refused).open(protocol, QUEUE);
        headerIncluded = protocol == ANY_HEADER;
        hear();
    }

    @Override
    void hear() {
        raw.onReadable(this::change);
    }

    @Override
    int type() {
        return TYPE;
    }

    @Override
    int protocol() {
        return protocol;
    }

    @Override
    void bind(int address, int port, Binding binding) throws Refused {
        if (!host.isLocal(address)) {
            throw Errno.EADDRNOTAVAIL.refused();
        }
        localAddress = address;
    }

    @Override
    void connect(int address, int port) throws Refused {
        int to = host.destination(address);
        int source = host.sourceFor(to);
        peerAddress = to;
        if (localAddress == 0) {
            localAddress = source;
        }
    }

    @Override
    void disconnect() {
        peerAddress = 0;
        localAddress = 0;
    }

    @Override
    int peerAddress() {
        return peerAddress;
    }

    @Override
    int peerPort() {
        return 0;
    }

    @Override
    boolean isConnected() {
        return peerAddress != 0;
    }

    @Override
    int send(Exchange exchange) throws Refused {
        raiseError();
        if (outputShut) {
            throw Errno.EPIPE.refused();
        }
        boolean addressed = exchange.command.flag(Command.ADDRESSED);
        int to = addressed ? host.destination(exchange.command.address()) : peerAddress;
        if (to == 0) {
            throw Errno.EDESTADDRREQ.refused();
        }
        if (!exchange.command.flag(Command.BROADCAST) && host.isBroadcast(to)) {
            throw Errno.EACCES.refused();
        }
        int length = exchange.pieces.length();
        exchange.pieces.gather(exchange.staging, length);
        SendResult result = headerIncluded
                ? sendWithHeader(exchange.staging, length)
                : raw.send(address(to), exchange.staging, 0, length);
        if (result != SendResult.SENT) {
            throw Errno.of(result).refused();
        }
        return length;
    }

    private SendResult sendWithHeader(byte[] packet, int length) throws Refused {
        try {
            return raw.sendWithHeader(packet, 0, length);
        } catch (IllegalArgumentException e) {
            throw Errno.EINVAL.refused();
        }
    }

    @Override
    int receive(Exchange exchange) throws Refused {
        raiseError();
        byte[] packet = exchange.staging;
        int length = next(packet);
        if (length == 0) {
            if (inputShut) {
                return 0;
            }
            throw Errno.EAGAIN.refused();
        }
        exchange.completion.endpoint(source(packet), 0);
        exchange.completion.a(length);
        int taken = Math.min(length, exchange.pieces.length());
        exchange.pieces.scatter(packet, taken);
        if (!exchange.command.flag(Command.PEEK)) {
            raw.receive(packet);
        }
        return taken;
    }

    /** Looks at the next packet that is wanted and drops those before it. */
    private int next(byte[] packet) {
        int length = raw.peek(packet);
        while (length > 0 && peerAddress != 0 && source(packet) != peerAddress) {
            raw.receive(packet);
            length = raw.peek(packet);
        }
        return length;
    }

    private static int source(byte[] packet) {
        return ByteBuffer.wrap(packet).getInt(SOURCE);
    }

    @Override
    void shutdown(int how) throws Refused {
        if (peerAddress == 0) {
            throw Errno.ENOTCONN.refused();
        }
        inputShut |= how != 1;
        outputShut |= how != 0;
    }

    @Override
    int state() {
        return OUT
                | (inputShut || raw.isReadable() ? IN : 0)
                | (inputShut ? RDHUP : 0)
                | (error == Errno.NONE ? 0 : ERR);
    }

    @Override
    void option(int option, int value, int second) throws Refused {
        if (option == PacketOptions.IP_HDRINCL) {
            headerIncluded = value != 0;
        } else if (option != PacketOptions.SO_RCVBUF) {
            how = PacketOptions.set(how, option, value);
            raw.options(how);
        }
    }

    @Override
    int option(Exchange exchange, int option) throws Refused {
        return option == PacketOptions.IP_HDRINCL ? headerIncluded ? 1 : 0 : PacketOptions.get(how, option);
    }

    @Override
    int readable(Exchange exchange) {
        return next(exchange.staging);
    }

    @Override
    void close(int seconds) {
        raw.close();
    }
}
