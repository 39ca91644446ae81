// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.util.Optional;
import picorn.netstack.address.IpAddress;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.tcp.TcpState;

/** The connection of a stream (RFC 9293), from its SYN to its end. */
final class StreamConnection {
    private static final int OUT_SHARE = 3;
    private static final byte[] NOTHING = {};

    private final Host host;
    private final TcpSocket socket;
    private boolean failureTaken;
    private boolean inputShut;
    private boolean outputShut;
    /** Whether the budget had no room for octets that the send buffer had room for. */
    private boolean starved;

    StreamConnection(Host host, TcpSocket socket) {
        this.host = host;
        this.socket = socket;
    }

    /** Says whom to tell when anything has happened to it from outside. */
    void onReady(Runnable ready) {
        socket.onReady(() -> {
            starved = false;
            ready.run();
        });
    }

    TcpSocket socket() {
        return socket;
    }

    int localAddress() {
        return bits(socket.localAddress());
    }

    int peerAddress() {
        return bits(socket.remoteAddress());
    }

    private static int bits(IpAddress address) {
        return address instanceof Ipv4Address v4 ? v4.bits() : 0;
    }

    boolean isUnderWay() {
        return socket.state() == TcpState.SYN_SENT || socket.state() == TcpState.SYN_RECEIVED;
    }

    boolean hasFailed() {
        return socket.failure().isPresent();
    }

    boolean isEnded() {
        return hasFailed() || socket.state() == TcpState.CLOSED;
    }

    /** Why it has failed, once. */
    Optional<Errno> takeFailure() {
        if (failureTaken || !hasFailed()) {
            return Optional.empty();
        }
        failureTaken = true;
        return socket.failure().map(Errno::of);
    }

    int send(Exchange exchange) throws Refused {
        if (outputShut || isEnded()) {
            throw Errno.EPIPE.refused();
        }
        int wanted = exchange.pieces.length();
        if (wanted == 0) {
            return 0;
        }
        int room = isUnderWay() ? 0 : Math.min(wanted, socket.writable());
        exchange.pieces.checkReadable(room);
        int taken = room == 0 ? 0 : write(exchange);
        starved = room > 0 && taken == 0;
        if (starved) {
            host.retrySoon();
        }
        if (taken == 0) {
            throw Errno.EAGAIN.refused();
        }
        return taken;
    }

    private int write(Exchange exchange) {
        return exchange.command.flag(Command.URGENT)
                ? socket.writeUrgent(exchange.pieces)
                : socket.write(exchange.pieces);
    }

    /** Octets that were received; 0 if none wait, -1 if the peer has ended and all were taken. */
    int receive(Exchange exchange) throws Refused {
        exchange.pieces.checkWritable(Math.min(exchange.pieces.length(), socket.readable()));
        int length = socket.peek(exchange.pieces);
        if (length > 0 && !exchange.command.flag(Command.PEEK)) {
            socket.skip(length);
        }
        return length;
    }

    /** Whether nobody waits for octets any more, though the peer may not have ended. */
    boolean isInputOver() {
        return inputShut || isEnded();
    }

    void shutdown(int how) throws Refused {
        if (isEnded()) {
            throw Errno.ENOTCONN.refused();
        }
        if (how != 1) {
            inputShut = true;
        }
        if (how != 0 && !outputShut) {
            outputShut = true;
            socket.shutdownOutput();
        }
    }

    /** What can be done with it, its errors apart. */
    int state(int sendBuffer) {
        if (isUnderWay()) {
            return 0;
        }
        if (isEnded()) {
            return DeviceSocket.IN | DeviceSocket.OUT | DeviceSocket.HUP | DeviceSocket.RDHUP;
        }
        boolean ended = hasPeerEnded() || inputShut;
        boolean room = socket.writable() >= sendBuffer / OUT_SHARE && !starved;
        return (ended ? DeviceSocket.RDHUP : 0)
                | (ended || socket.readable() > 0 ? DeviceSocket.IN : 0)
                | (outputShut || room ? DeviceSocket.OUT : 0)
                | (ended && outputShut ? DeviceSocket.HUP : 0)
                | (socket.urgentMark() > 0 ? DeviceSocket.PRI : 0);
    }

    private boolean hasPeerEnded() {
        return switch (socket.state()) {
            case CLOSE_WAIT, LAST_ACK, CLOSING, TIME_WAIT -> true;
            default -> socket.peek(NOTHING, 0, 0) < 0;
        };
    }

    int unacknowledged(int sendBuffer) {
        return isEnded() ? 0 : Math.max(0, sendBuffer - socket.writable());
    }

    /** Whether there may be memory again for octets that there was none for. */
    boolean isToBeRetried() {
        boolean was = starved;
        starved = false;
        return was;
    }

    /** What becomes of it is nobody's any more. */
    void forget() {
        socket.onReady(() -> {});
    }

    /** Its state in Linux's numbers. */
    static int linuxState(TcpState state) {
        return switch (state) {
            case ESTABLISHED -> DeviceSocket.LINUX_ESTABLISHED;
            case SYN_SENT -> 2;
            case SYN_RECEIVED -> 3;
            case FIN_WAIT_1 -> 4;
            case FIN_WAIT_2 -> 5;
            case TIME_WAIT -> 6;
            case CLOSED -> DeviceSocket.LINUX_CLOSE;
            case CLOSE_WAIT -> 8;
            case LAST_ACK -> 9;
            case LISTEN -> DeviceSocket.LINUX_LISTEN;
            case CLOSING -> 11;
        };
    }
}
