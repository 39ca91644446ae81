// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.util.Optional;
import java.util.function.Function;
import picorn.netstack.address.IpAddress;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpListener;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.tcp.TcpState;

/** A stream: neither, or a listener, or a connection. */
final class StreamSocket extends DeviceSocket {
    static final int TYPE = 1;
    static final int TCP = 6;

    private static final int MOST_BACKLOG = 128;
    private static final int OUT_SHARE = 3;
    private static final byte[] NOTHING = {};

    private Optional<TcpListener> listener = Optional.empty();
    private Optional<TcpSocket> connection = Optional.empty();
    private final StreamOptions options;
    private Binding binding = Binding.EXCLUSIVE;
    private boolean failureTaken;
    private boolean connecting;
    private boolean inputShut;
    private boolean outputShut;
    /** Whether the budget had no room for octets that the send buffer had room for. */
    private boolean starved;

    StreamSocket(Host host) {
        this(host, new StreamOptions());
    }

    private StreamSocket(Host host, StreamOptions options) {
        super(host);
        this.options = options;
    }

    @Override
    int type() {
        return TYPE;
    }

    @Override
    int protocol() {
        return TCP;
    }

    @Override
    void bind(int address, int port, Binding binding) throws Refused {
        if (localPort != 0 || connection.isPresent()) {
            throw Errno.EINVAL.refused();
        }
        if (!host.isLocal(address)) {
            throw Errno.EADDRNOTAVAIL.refused();
        }
        this.binding = binding;
        localPort = port == 0 ? host.freePort() : host.free(this, address, port, binding);
        localAddress = address;
    }

    /** Whether another may be bound to the same port. */
    boolean shares(int address, Binding other) {
        boolean apart = address != 0 && localAddress != 0 && address != localAddress;
        return apart || binding == Binding.REUSE && other == Binding.REUSE && listener.isEmpty();
    }

    @Override
    void listen(int backlog) throws Refused {
        if (connection.isPresent()) {
            throw Errno.EINVAL.refused();
        }
        if (listener.isPresent()) {
            return;
        }
        if (localPort == 0) {
            localPort = host.freePort();
        }
        TcpConfig config = options.config().backlog(Math.max(1, Math.min(backlog, MOST_BACKLOG)));
        try {
            TcpListener opened = localAddress == 0
                    ? host.stack().tcp().listen(localPort, config)
                    : host.stack().tcp().listen(address(localAddress), localPort, config);
            listener = Optional.of(opened);
            hear();
        } catch (IllegalStateException e) {
            throw Errno.EADDRINUSE.refused();
        }
    }

    @Override
    DeviceSocket accept() throws Refused {
        if (listener.isEmpty()) {
            throw Errno.EINVAL.refused();
        }
        TcpSocket socket = listener.get().accept().orElseThrow(Errno.EAGAIN::refused);
        StreamSocket child = new StreamSocket(host, options.copy());
        child.binding = binding;
        socket.configure(options.config());
        child.connected(socket);
        return child;
    }

    /** Whether {@link #accept} finds a connection. */
    boolean isReady() {
        return listener.map(TcpListener::isReady).orElse(false);
    }

    private void connected(TcpSocket socket) {
        connection = Optional.of(socket);
        localAddress = bits(socket.localAddress());
        localPort = socket.localPort();
        failureTaken = false;
        outputShut = false;
        inputShut = false;
        hear();
    }

    @Override
    void hear() {
        listener.ifPresent(opened -> opened.onReady(this::change));
        connection.ifPresent(socket -> socket.onReady(this::ready));
    }

    private static int bits(IpAddress address) {
        return address instanceof Ipv4Address v4 ? v4.bits() : 0;
    }

    private void ready() {
        starved = false;
        takeFailure();
        change();
    }

    private void takeFailure() {
        TcpSocket socket = connection.orElseThrow();
        if (!failureTaken && socket.failure().isPresent()) {
            failureTaken = true;
            error = Errno.of(socket.failure().get());
        }
    }

    @Override
    void connect(int address, int port) throws Refused {
        checkConnectable();
        if (port == 0) {
            throw Errno.ECONNREFUSED.refused();
        }
        int to = host.destination(address);
        if (Ipv4Address.isMulticast(to) || host.isBroadcast(to)) {
            throw Errno.ENETUNREACH.refused();
        }
        TcpSocket socket = open(address(to), port);
        if (socket.failure().isPresent()) {
            Errno why = Errno.of(socket.failure().get());
            socket.close();
            throw (why == Errno.EHOSTUNREACH ? Errno.ENETUNREACH : why).refused();
        }
        connected(socket);
        connecting = true;
        throw Errno.EINPROGRESS.refused();
    }

    private void checkConnectable() throws Refused {
        if (listener.isPresent()) {
            throw Errno.EISCONN.refused();
        }
        if (connection.isEmpty()) {
            return;
        }
        if (isUnderWay()) {
            throw Errno.EALREADY.refused();
        }
        boolean failed = connection.get().failure().isPresent();
        raiseError();
        if (!failed || !connecting) {
            throw Errno.EISCONN.refused();
        }
        forget(connection.get());
        connection.get().close();
        connection = Optional.empty();
    }

    /** What becomes of it is no longer this socket's. */
    private static void forget(TcpSocket socket) {
        socket.onReady(() -> {});
    }

    private TcpSocket open(IpAddress to, int port) throws Refused {
        TcpConfig config = options.config();
        if (localPort == 0) {
            return host.stack().tcp().connect(to, port, config);
        }
        try {
            return host.stack().tcp().connect(address(localAddress), localPort, to, port, config);
        } catch (IllegalStateException e) {
            throw Errno.EADDRNOTAVAIL.refused();
        }
    }

    private boolean isUnderWay() {
        return connection
                .map(socket -> socket.state() == TcpState.SYN_SENT || socket.state() == TcpState.SYN_RECEIVED)
                .orElse(false);
    }

    @Override
    void disconnect() {
        connection.ifPresent(StreamSocket::forget);
        connection.ifPresent(TcpSocket::abort);
        connection = Optional.empty();
        listener.ifPresent(TcpListener::close);
        listener = Optional.empty();
        localPort = 0;
        localAddress = 0;
        error = Errno.NONE;
        connecting = false;
    }

    @Override
    boolean isConnected() {
        return connection.filter(socket -> socket.state() != TcpState.CLOSED).isPresent() && !isUnderWay();
    }

    @Override
    int peerAddress() {
        return connection.map(socket -> bits(socket.remoteAddress())).orElse(0);
    }

    @Override
    int peerPort() {
        return connection.map(TcpSocket::remotePort).orElse(0);
    }

    @Override
    int send(Exchange exchange) throws Refused {
        raiseError();
        TcpSocket socket = connection.orElseThrow(Errno.EPIPE::refused);
        if (outputShut || isEnded(socket)) {
            throw Errno.EPIPE.refused();
        }
        int wanted = exchange.pieces.length();
        if (wanted == 0) {
            return 0;
        }
        int length = isUnderWay() ? 0 : Math.min(wanted, socket.writable());
        exchange.pieces.gather(exchange.staging, length);
        int taken = write(socket, exchange, length);
        starved = length > 0 && taken == 0;
        if (starved) {
            host.retrySoon();
        }
        if (taken == 0) {
            throw Errno.EAGAIN.refused();
        }
        return taken;
    }

    private static int write(TcpSocket socket, Exchange exchange, int length) {
        return exchange.command.flag(Command.URGENT)
                ? socket.writeUrgent(exchange.staging, 0, length)
                : socket.write(exchange.staging, 0, length);
    }

    private static boolean isEnded(TcpSocket socket) {
        return socket.failure().isPresent() || socket.state() == TcpState.CLOSED;
    }

    @Override
    int receive(Exchange exchange) throws Refused {
        TcpSocket socket = connection.orElseThrow(Errno.ENOTCONN::refused);
        int wanted = exchange.pieces.length();
        int length = socket.peek(exchange.staging, 0, wanted);
        if (length > 0) {
            exchange.pieces.scatter(exchange.staging, length);
            if (!exchange.command.flag(Command.PEEK)) {
                socket.skip(length);
            }
            return length;
        }
        raiseError();
        if (length < 0 || wanted == 0 && socket.readable() > 0 || inputShut || isEnded(socket)) {
            return 0;
        }
        throw Errno.EAGAIN.refused();
    }

    @Override
    void shutdown(int how) throws Refused {
        TcpSocket socket = connection.orElseThrow(Errno.ENOTCONN::refused);
        if (isEnded(socket)) {
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

    @Override
    int state() {
        int mask = error == Errno.NONE ? 0 : ERR;
        if (listener.isPresent()) {
            return mask | (isReady() ? IN : 0);
        }
        if (connection.isEmpty()) {
            return mask | OUT | HUP;
        }
        TcpSocket socket = connection.get();
        if (isUnderWay()) {
            return mask;
        }
        return mask | (isEnded(socket) ? IN | OUT | HUP | RDHUP : state(socket));
    }

    private int state(TcpSocket socket) {
        boolean ended = hasPeerEnded(socket);
        int mask = ended || inputShut ? IN | RDHUP : socket.readable() > 0 ? IN : 0;
        boolean room = socket.writable() >= options.sendBuffer() / OUT_SHARE && !starved;
        mask |= outputShut || room ? OUT : 0;
        mask |= (ended || inputShut) && outputShut ? HUP : 0;
        return mask | (socket.urgentMark() > 0 ? PRI : 0);
    }

    private static boolean hasPeerEnded(TcpSocket socket) {
        return switch (socket.state()) {
            case CLOSE_WAIT, LAST_ACK, CLOSING, TIME_WAIT -> true;
            default -> socket.peek(NOTHING, 0, 0) < 0;
        };
    }

    @Override
    void option(int option, int value, int second) throws Refused {
        options.set(option, value);
        connection.ifPresent(socket -> socket.configure(options.config()));
    }

    @Override
    int option(Exchange exchange, int option) throws Refused {
        Function<TcpSocket, byte[]> info = socket -> StreamOptions.info(socket.info(), linuxState());
        if (option == StreamOptions.TCP_INFO) {
            return exchange.pieces.give(connection.map(info).orElseThrow(Errno.ENOTCONN::refused));
        }
        return options.get(option, connection.map(TcpSocket::info));
    }

    @Override
    int readable(Exchange exchange) {
        return connection.map(TcpSocket::readable).orElse(0);
    }

    @Override
    int unacknowledged() {
        return connection
                .filter(socket -> !isEnded(socket))
                .map(socket -> Math.max(0, options.sendBuffer() - socket.writable()))
                .orElse(0);
    }

    @Override
    int urgentMark() {
        return connection.map(TcpSocket::urgentMark).orElse(0);
    }

    @Override
    int linuxState() {
        if (listener.isPresent()) {
            return 10;
        }
        return switch (connection.map(TcpSocket::state).orElse(TcpState.CLOSED)) {
            case ESTABLISHED -> LINUX_ESTABLISHED;
            case SYN_SENT -> 2;
            case SYN_RECEIVED -> 3;
            case FIN_WAIT_1 -> 4;
            case FIN_WAIT_2 -> 5;
            case TIME_WAIT -> 6;
            case CLOSED -> LINUX_CLOSE;
            case CLOSE_WAIT -> 8;
            case LAST_ACK -> 9;
            case LISTEN -> 10;
            case CLOSING -> 11;
        };
    }

    @Override
    void retry() {
        if (starved) {
            starved = false;
            change();
        }
    }

    @Override
    void close(int seconds) {
        listener.ifPresent(TcpListener::close);
        if (connection.isEmpty()) {
            return;
        }
        TcpSocket socket = connection.get();
        forget(socket);
        if (seconds == 0) {
            socket.abort();
            return;
        }
        if (seconds > 0) {
            socket.configure(options.config().linger(seconds * StreamOptions.SECOND));
        }
        socket.close();
    }
}
