// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.nio.ByteBuffer;
import picorn.netstack.ip.SendResult;
import picorn.netstack.raw.RawSocket;

/**
 * A socket for packets of one protocol, such as ICMP: it receives them with their IPv4 headers, those of its peer and to its address only if it
 * has such.
 */
final class RawPacketSocket extends PacketSocket {
    static final int TYPE = 3;

    private static final int ANY_HEADER = 255;
    private static final int QUEUE = 8 << 10;
    private static final int SOURCE = 12;
    private static final int DESTINATION = 16;
    private static final int HEADER = 20;

    private final int protocol;
    private final RawSocket raw;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER);
    private boolean headerIncluded;

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
        checkBindable(address);
        boundTo(address);
    }

    @Override
    void connect(int address, int port) throws Refused {
        associate(address);
    }

    @Override
    int peerPort() {
        return 0;
    }

    @Override
    boolean isConnected() {
        return peerAddress() != 0;
    }

    @Override
    int send(Exchange exchange) throws Refused {
        checkOutput();
        int to = destination(exchange.command);
        if (to == 0) {
            throw Errno.EDESTADDRREQ.refused();
        }
        if (!exchange.command.flag(Command.BROADCAST) && host.isBroadcast(to)) {
            throw Errno.EACCES.refused();
        }
        int length = exchange.pieces.length();
        exchange.pieces.gather(exchange.packet);
        SendResult result = headerIncluded
                ? sendWithHeader(exchange.packet, length)
                : raw.send(address(to), exchange.packet, 0, length);
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
        int length = next();
        if (length == 0) {
            return nothing();
        }
        raw.peek(exchange.packet);
        exchange.completion.endpoint(header.getInt(SOURCE), 0);
        exchange.completion.a(length);
        int taken = Math.min(length, exchange.pieces.length());
        exchange.pieces.scatter(exchange.packet, taken);
        if (!exchange.command.flag(Command.PEEK)) {
            raw.receive(exchange.packet);
        }
        return taken;
    }

    /** Looks at the header of the next packet that is wanted and drops those before it; gives that one's length. */
    private int next() {
        int length = raw.peek(header.array());
        while (length > 0 && !isWanted()) {
            raw.receive(header.array());
            length = raw.peek(header.array());
        }
        return length;
    }

    private boolean isWanted() {
        return (peerAddress() == 0 || header.getInt(SOURCE) == peerAddress())
                && (localAddress == 0 || header.getInt(DESTINATION) == localAddress);
    }

    @Override
    boolean hasInput() {
        return next() > 0;
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
    int readable() {
        return next();
    }

    @Override
    void close(int seconds) {
        raw.close();
    }
}
