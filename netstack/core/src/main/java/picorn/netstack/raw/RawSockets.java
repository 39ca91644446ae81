// SPDX-License-Identifier: MIT
package picorn.netstack.raw;

import java.util.ArrayList;
import java.util.List;
import picorn.netstack.context.Report;
import picorn.netstack.context.Reported;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.ip.RawInput;

/** The raw sockets of a stack, which see every packet that is delivered to it, whole, before transports do. */
public final class RawSockets implements RawInput, Reported {
    private final Ipv4 ipv4;
    private final List<RawSocket> sockets = new ArrayList<>();

    private RawSockets(Ipv4 ipv4) {
        this.ipv4 = ipv4;
    }

    /**
     * Lets a stack have raw sockets.
     *
     * @param ipv4 the stack's
     * @return where they are opened
     */
    public static RawSockets join(Ipv4 ipv4) {
        RawSockets module = new RawSockets(ipv4);
        ipv4.input().raw(module);
        ipv4.reportOn(module);
        return module;
    }

    /**
     * Opens a socket for one protocol, which is then no longer unknown.
     *
     * @param protocol 0 to 255
     * @param queueOctets room for received packets, each of which takes 2 octets beside itself; drawn from the budget
     * @return the socket, to be closed by the caller
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public RawSocket open(int protocol, int queueOctets) {
        if (protocol < 0 || protocol > 255) {
            throw new IllegalArgumentException("a protocol is 0 to 255, not " + protocol);
        }
        return add(protocol, queueOctets);
    }

    /**
     * Opens a socket for packets of all protocols, of which those that nothing else knows stay unknown.
     *
     * @param queueOctets room for received packets, as for {@link #open(int, int)}
     * @return the socket, to be closed by the caller
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public RawSocket openForAll(int queueOctets) {
        return add(RawSocket.ALL, queueOctets);
    }

    private RawSocket add(int protocol, int queueOctets) {
        ipv4.context().budget().demand(RawSocket.memory(queueOctets), "a raw socket");
        RawSocket socket = new RawSocket(this, ipv4, protocol, queueOctets);
        sockets.add(socket);
        return socket;
    }

    void close(RawSocket socket, int queueOctets) {
        if (sockets.remove(socket)) {
            ipv4.context().budget().release(RawSocket.memory(queueOctets));
        }
    }

    @Override
    public boolean receive(IpPacket packet) {
        boolean wanted = false;
        for (int i = 0; i < sockets.size(); i++) {
            wanted |= sockets.get(i).offer(packet);
        }
        return wanted;
    }

    @Override
    public void report(Report report) {
        report.add("raw.sockets", sockets.size());
    }
}
