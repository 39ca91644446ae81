// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

/** What is left of a socket when a saved machine is loaded: its connection has been reset. */
final class LostSocket extends DeviceSocket {
    private final int type;
    private final int protocol;

    LostSocket(Host host, int type, int protocol) {
        super(host);
        this.type = type;
        this.protocol = protocol;
        error = Errno.ECONNRESET;
    }

    @Override
    int type() {
        return type;
    }

    @Override
    int protocol() {
        return protocol;
    }

    @Override
    int state() {
        return IN | OUT | HUP | RDHUP | (error == Errno.NONE ? 0 : ERR);
    }

    @Override
    void bind(int address, int port, Binding binding) throws Refused {
        throw Errno.EINVAL.refused();
    }

    @Override
    void connect(int address, int port) throws Refused {
        raiseError();
        throw Errno.ECONNRESET.refused();
    }

    @Override
    void disconnect() {
        error = Errno.NONE;
    }

    @Override
    int peerAddress() {
        return 0;
    }

    @Override
    int peerPort() {
        return 0;
    }

    @Override
    int send(Exchange exchange) throws Refused {
        raiseError();
        throw Errno.EPIPE.refused();
    }

    @Override
    int receive(Exchange exchange) throws Refused {
        raiseError();
        return 0;
    }

    @Override
    DeviceSocket accept() throws Refused {
        raiseError();
        throw Errno.ECONNRESET.refused();
    }

    @Override
    void close(int seconds) {}
}
