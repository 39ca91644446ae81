// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.util.Optional;
import picorn.netstack.address.IpAddress;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpInfo;
import picorn.netstack.tcp.TcpListener;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.tcp.TcpState;

/** A stream: neither, or a listener, or a connection. */
final class StreamSocket extends DeviceSocket {
    static final int TYPE = 1;
    static final int TCP = 6;

    private static final int MOST_BACKLOG = 128;

    private Optional<TcpListener> listener = Optional.empty();
    private Optional<StreamConnection> connection = Optional.empty();
    private final StreamOptions options;
    private Binding binding = Binding.EXCLUSIVE;
    /** Whether it was CONNECT that made the connection. */
    private boolean connecting;

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
        StreamConnection made = new StreamConnection(host, socket);
        connection = Optional.of(made);
        localAddress = made.localAddress();
        localPort = socket.localPort();
        hear();
    }

    @Override
    void hear() {
        listener.ifPresent(opened -> opened.onReady(this::change));
        connection.ifPresent(made -> made.onReady(this::ready));
    }

    private void ready() {
        connection.orElseThrow().takeFailure().ifPresent(why -> error = why);
        change();
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
        StreamConnection last = connection.orElseThrow();
        raiseError();
        if (!last.hasFailed() || !connecting) {
            throw Errno.EISCONN.refused();
        }
        last.forget();
        last.socket().close();
        connection = Optional.empty();
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

    private Optional<TcpSocket> tcp() {
        return connection.map(StreamConnection::socket);
    }

    private boolean isUnderWay() {
        return connection.map(StreamConnection::isUnderWay).orElse(false);
    }

    @Override
    void disconnect() {
        connection.ifPresent(StreamConnection::forget);
        tcp().ifPresent(TcpSocket::abort);
        connection = Optional.empty();
        listener.ifPresent(TcpListener::close);
        listener = Optional.empty();
        localPort = 0;
        localAddress = 0;
        error = Errno.NONE;
        connecting = false;
    }

    private TcpState tcpState() {
        return tcp().map(TcpSocket::state).orElse(TcpState.CLOSED);
    }

    @Override
    boolean isConnected() {
        return tcpState() != TcpState.CLOSED && !isUnderWay();
    }

    @Override
    int peerAddress() {
        return connection.map(StreamConnection::peerAddress).orElse(0);
    }

    @Override
    int peerPort() {
        return tcp().map(TcpSocket::remotePort).orElse(0);
    }

    @Override
    int send(Exchange exchange) throws Refused {
        raiseError();
        return connection.orElseThrow(Errno.EPIPE::refused).send(exchange);
    }

    @Override
    int receive(Exchange exchange) throws Refused {
        StreamConnection from = connection.orElseThrow(Errno.ENOTCONN::refused);
        int length = from.receive(exchange);
        if (length > 0) {
            return length;
        }
        raiseError();
        boolean asksForNothing = exchange.pieces.length() == 0 && readable() > 0;
        if (length < 0 || asksForNothing || from.isInputOver()) {
            return 0;
        }
        throw Errno.EAGAIN.refused();
    }

    @Override
    void shutdown(int how) throws Refused {
        connection.orElseThrow(Errno.ENOTCONN::refused).shutdown(how);
    }

    @Override
    int state() {
        int mask = error == Errno.NONE ? 0 : ERR;
        if (listener.isPresent()) {
            return mask | (isReady() ? IN : 0);
        }
        return mask | (connection.isEmpty() ? OUT | HUP : connection.get().state(options.sendBuffer()));
    }

    @Override
    void option(int option, int value, int second) throws Refused {
        options.set(option, value);
        tcp().ifPresent(socket -> socket.configure(options.config()));
    }

    @Override
    int option(Exchange exchange, int option) throws Refused {
        Optional<TcpInfo> info = tcp().map(TcpSocket::info);
        if (option == StreamOptions.TCP_INFO) {
            TcpInfo known = info.orElseThrow(Errno.ENOTCONN::refused);
            return exchange.pieces.give(StreamOptions.info(known, linuxState()));
        }
        return options.get(option, info);
    }

    @Override
    int readable() {
        return tcp().map(TcpSocket::readable).orElse(0);
    }

    @Override
    int unacknowledged() {
        return connection.map(each -> each.unacknowledged(options.sendBuffer())).orElse(0);
    }

    @Override
    int urgentMark() {
        return tcp().map(TcpSocket::urgentMark).orElse(0);
    }

    @Override
    int linuxState() {
        return listener.isPresent() ? LINUX_LISTEN : StreamConnection.linuxState(tcpState());
    }

    @Override
    void retry() {
        if (connection.filter(StreamConnection::isToBeRetried).isPresent()) {
            change();
        }
    }

    @Override
    void close(int seconds) {
        listener.ifPresent(TcpListener::close);
        connection.ifPresent(StreamConnection::forget);
        tcp().ifPresent(socket -> close(socket, seconds));
    }

    private void close(TcpSocket socket, int seconds) {
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
