// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import picorn.netstack.address.Ipv4Address;
import picorn.netstack.ip.SendOptions;

/** What sockets without connections have in common: an address of their own, one peer if they are connected, and ends that can be shut. */
abstract class PacketSocket extends DeviceSocket {
    SendOptions how = SendOptions.DEFAULT;
    /** Where BIND has put it, which outlasts an association; 0 for none. */
    private int boundAddress;

    private int peerAddress;
    private boolean inputShut;
    private boolean outputShut;

    PacketSocket(Host host) {
        super(host);
    }

    /** Refuses addresses that are neither this host's nor those of many. */
    final void checkBindable(int address) throws Refused {
        if (!host.isLocal(address) && !host.isBroadcast(address) && !Ipv4Address.isMulticast(address)) {
            throw Errno.EADDRNOTAVAIL.refused();
        }
    }

    final void boundTo(int address) {
        boundAddress = address;
        localAddress = address;
    }

    /** Makes a host the only peer; the result is its address. */
    final int associate(int address) throws Refused {
        int to = host.destination(address);
        int source = host.sourceFor(to);
        peerAddress = to;
        if (localAddress == 0) {
            localAddress = source;
        }
        return to;
    }

    @Override
    void disconnect() {
        peerAddress = 0;
        localAddress = boundAddress;
    }

    @Override
    final int peerAddress() {
        return peerAddress;
    }

    /** Where the command sends to: the address that it names, or the peer's. */
    final int destination(Command command) {
        return command.flag(Command.ADDRESSED) ? host.destination(command.address()) : peerAddress;
    }

    /** Ends SEND with the error that waits, or since there is no output any more. */
    final void checkOutput() throws Refused {
        raiseError();
        if (outputShut) {
            throw Errno.EPIPE.refused();
        }
    }

    /** What RECV results in when nothing waits. */
    final int nothing() throws Refused {
        if (inputShut) {
            return 0;
        }
        throw Errno.EAGAIN.refused();
    }

    /** Whether something waits. */
    abstract boolean hasInput();

    @Override
    final void shutdown(int how) throws Refused {
        if (!isConnected()) {
            throw Errno.ENOTCONN.refused();
        }
        inputShut |= how != 1;
        outputShut |= how != 0;
    }

    @Override
    final int state() {
        return OUT | (inputShut || hasInput() ? IN : 0) | (inputShut ? RDHUP : 0) | (error == Errno.NONE ? 0 : ERR);
    }
}
