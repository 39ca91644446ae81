// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import picorn.netstack.context.OutOfMemoryBudget;

/** Carries out commands (docs/socket-device.md, "Commands"). */
final class Operations {
    static final int OPEN = 1;
    static final int ACCEPT = 6;

    private static final int CLOSE = 2;
    private static final int BIND = 3;
    private static final int CONNECT = 4;
    private static final int LISTEN = 5;
    private static final int SEND = 7;
    private static final int RECV = 8;
    private static final int SHUTDOWN = 9;
    private static final int NAME = 10;
    private static final int SETOPT = 11;
    private static final int GETOPT = 12;
    private static final int QUERY = 13;
    private static final int ERROR = 14;
    private static final int IFGET = 16;
    private static final int IFSET = 17;
    private static final int ROUTE = 18;
    private static final int ADDROUTE = 19;
    private static final int DELROUTE = 20;
    private static final int LEASE = 21;
    private static final int LOOK = 22;

    private static final int LARGEST_PROTOCOL = 255;
    private static final int UDP = 17;
    private static final int DESCRIPTION = 32;

    private final Exchange exchange;
    private final SocketTable table;
    private final Host host;
    private final Interfaces interfaces;

    Operations(Exchange exchange, SocketTable table, Host host) {
        this.exchange = exchange;
        this.table = table;
        this.host = host;
        interfaces = new Interfaces(host);
    }

    /** Carries out the command of the exchange; gives its result. */
    int carryOut() {
        try {
            Command command = exchange.command;
            exchange.pieces.load(command);
            return switch (command.operation()) {
                case OPEN -> open(command.a(), command.b());
                case CLOSE -> close(socket(), command.a());
                case BIND -> bind(socket());
                case CONNECT -> connect(socket());
                case LISTEN -> listen(socket(), command.a());
                case ACCEPT -> accept(socket());
                case SEND -> socket().send(exchange);
                case RECV -> socket().receive(exchange);
                case SHUTDOWN -> shutdown(socket(), command.a());
                case NAME -> name(socket());
                case SETOPT -> setOption(socket());
                case GETOPT -> getOption(socket());
                case QUERY -> query(socket());
                case ERROR -> error(socket());
                case IFGET -> exchange.pieces.give(interfaces.describe(command.a()));
                case IFSET -> configure(command);
                case ROUTE -> exchange.pieces.give(interfaces.route(command.a()));
                case ADDROUTE -> addRoute(command);
                case DELROUTE -> removeRoute(command);
                case LEASE -> exchange.pieces.give(interfaces.lease());
                case LOOK -> exchange.pieces.give(look(socket()));
                default -> throw Errno.EIO.refused();
            };
        } catch (Refused e) {
            return -e.errno;
        } catch (OutOfMemoryBudget e) {
            return -Errno.ENOBUFS.number;
        }
    }

    private DeviceSocket socket() throws Refused {
        return table.get(exchange.command.socket());
    }

    private int open(int type, int protocol) throws Refused {
        if (table.isFull()) {
            throw Errno.ENFILE.refused();
        }
        return table.add(
                switch (type) {
                    case StreamSocket.TYPE -> {
                        check(protocol, StreamSocket.TCP);
                        yield new StreamSocket(host);
                    }
                    case DatagramSocket.TYPE -> {
                        check(protocol, UDP);
                        yield new DatagramSocket(host, exchange);
                    }
                    case RawPacketSocket.TYPE -> raw(protocol);
                    default -> throw Errno.ESOCKTNOSUPPORT.refused();
                });
    }

    private static void check(int protocol, int usual) throws Refused {
        if (protocol != 0 && protocol != usual) {
            throw Errno.EPROTONOSUPPORT.refused();
        }
    }

    private DeviceSocket raw(int protocol) throws Refused {
        if (protocol < 1 || protocol > LARGEST_PROTOCOL) {
            throw Errno.EPROTONOSUPPORT.refused();
        }
        return new RawPacketSocket(host, protocol);
    }

    private int close(DeviceSocket socket, int seconds) {
        table.remove(socket);
        socket.close(seconds);
        return 0;
    }

    private int bind(DeviceSocket socket) throws Refused {
        Command command = exchange.command;
        DeviceSocket.Binding binding =
                command.flag(Command.REUSE) ? DeviceSocket.Binding.REUSE : DeviceSocket.Binding.EXCLUSIVE;
        socket.bind(command.address(), command.port(), binding);
        return 0;
    }

    private int connect(DeviceSocket socket) throws Refused {
        Command command = exchange.command;
        if (command.port() == 0 && command.flag(Command.DISCONNECT)) {
            socket.disconnect();
        } else {
            socket.connect(command.address(), command.port());
        }
        return 0;
    }

    private static int listen(DeviceSocket socket, int backlog) throws Refused {
        socket.listen(backlog);
        return 0;
    }

    private int accept(DeviceSocket socket) throws Refused {
        if (table.isFull()) {
            throw Errno.ENFILE.refused();
        }
        DeviceSocket child = socket.accept();
        exchange.completion.endpoint(child.peerAddress(), child.peerPort());
        return table.add(child);
    }

    private static int shutdown(DeviceSocket socket, int how) throws Refused {
        if (how < 0 || how > 2) {
            throw Errno.EINVAL.refused();
        }
        socket.shutdown(how);
        return 0;
    }

    private int name(DeviceSocket socket) throws Refused {
        if (!exchange.command.flag(Command.PEER)) {
            exchange.completion.endpoint(socket.localAddress, socket.localPort);
        } else if (socket.isConnected()) {
            exchange.completion.endpoint(socket.peerAddress(), socket.peerPort());
        } else {
            throw Errno.ENOTCONN.refused();
        }
        return 0;
    }

    private int setOption(DeviceSocket socket) throws Refused {
        socket.option(exchange.command.a(), exchange.command.b(), exchange.command.c());
        return 0;
    }

    private int getOption(DeviceSocket socket) throws Refused {
        exchange.completion.a(socket.option(exchange, exchange.command.a()));
        return 0;
    }

    private int query(DeviceSocket socket) {
        exchange.completion.a(socket.readable());
        exchange.completion.b(socket.unacknowledged());
        exchange.completion.c(socket.urgentMark());
        return 0;
    }

    private int error(DeviceSocket socket) {
        exchange.completion.a(socket.error.number);
        socket.error = Errno.NONE;
        return 0;
    }

    private int configure(Command command) throws Refused {
        interfaces.set(command.a(), command.b(), command.address(), command.c());
        return 0;
    }

    private int addRoute(Command command) throws Refused {
        interfaces.add(command);
        return 0;
    }

    private int removeRoute(Command command) throws Refused {
        interfaces.remove(command);
        return 0;
    }

    private byte[] look(DeviceSocket socket) {
        ByteBuffer out = ByteBuffer.allocate(DESCRIPTION).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0, socket.type())
                .putInt(4, socket.linuxState())
                .putInt(20, socket.readable())
                .putInt(24, socket.unacknowledged())
                .putInt(28, socket.protocol());
        out.order(ByteOrder.BIG_ENDIAN)
                .putInt(8, socket.localAddress)
                .putShort(12, (short) socket.localPort)
                .putShort(14, (short) socket.peerPort())
                .putInt(16, socket.peerAddress());
        return out.array();
    }
}
