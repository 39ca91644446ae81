// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import picorn.netstack.address.Ipv4Address;

/** A socket of the device: what operations do to it. Those that a type does not have are refused. */
abstract class DeviceSocket {
    static final int IN = 1;
    static final int OUT = 1 << 1;
    static final int PRI = 1 << 2;
    static final int ERR = 1 << 3;
    static final int HUP = 1 << 4;
    static final int RDHUP = 1 << 5;

    static final int LINUX_ESTABLISHED = 1;
    static final int LINUX_CLOSE = 7;
    static final int LINUX_LISTEN = 10;

    final Host host;
    /** The socket's place in the table. */
    int number;
    /** Where it is bound, or connected from; 0 for none. */
    int localAddress;

    int localPort;
    Errno error = Errno.NONE;
    private Runnable changed = () -> {};

    DeviceSocket(Host host) {
        this.host = host;
    }

    final void onChange(Runnable action) {
        changed = action;
    }

    /** Something has happened from outside. */
    final void change() {
        changed.run();
    }

    /** Ends the command with the error that waits, if one does. */
    final void raiseError() throws Refused {
        if (error != Errno.NONE) {
            Errno raised = error;
            error = Errno.NONE;
            throw raised.refused();
        }
    }

    /** What can be done with it now. */
    abstract int state();

    /** 1 to 3, as for OPEN. */
    abstract int type();

    abstract int protocol();

    abstract void bind(int address, int port, Binding binding) throws Refused;

    abstract void connect(int address, int port) throws Refused;

    abstract void disconnect() throws Refused;

    /** Where it is connected to. */
    abstract int peerAddress();

    abstract int peerPort();

    abstract int send(Exchange exchange) throws Refused;

    abstract int receive(Exchange exchange) throws Refused;

    /** Whether a bound address must be free of old connections. */
    enum Binding {
        EXCLUSIVE,
        REUSE
    }

    void listen(int backlog) throws Refused {
        throw Errno.EOPNOTSUPP.refused();
    }

    /** The socket of a connection that waits, which is not in the table yet. */
    DeviceSocket accept() throws Refused {
        throw Errno.EOPNOTSUPP.refused();
    }

    void shutdown(int how) throws Refused {
        throw Errno.ENOTCONN.refused();
    }

    boolean isConnected() {
        return peerPort() != 0;
    }

    void option(int option, int value, int second) throws Refused {
        throw Errno.ENOPROTOOPT.refused();
    }

    int option(Exchange exchange, int option) throws Refused {
        throw Errno.ENOPROTOOPT.refused();
    }

    /** Octets that can be received. */
    int readable() {
        return 0;
    }

    /** Octets sent and not acknowledged. */
    int unacknowledged() {
        return 0;
    }

    int urgentMark() {
        return 0;
    }

    /** The state of RFC 9293, in Linux's numbers. */
    int linuxState() {
        return isConnected() ? LINUX_ESTABLISHED : LINUX_CLOSE;
    }

    /** Wants to be told again of what happens behind it. */
    abstract void hear();

    /** Some memory may be free again. */
    void retry() {}

    /**
     * Gives it up.
     *
     * @param seconds to linger; 0 resets a connection; less than that: for as long as it takes
     */
    abstract void close(int seconds);

    static Ipv4Address address(int bits) {
        return new Ipv4Address(bits);
    }
}
