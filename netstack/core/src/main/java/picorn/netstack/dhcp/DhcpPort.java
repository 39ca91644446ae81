// SPDX-License-Identifier: MIT
package picorn.netstack.dhcp;

import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.MacAddress;
import picorn.netstack.context.OutOfMemoryBudget;
import picorn.netstack.context.StackContext;
import picorn.netstack.ip.NetworkInterface;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.udp.Udp;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

/** UDP port 68, by which the DHCP client of one interface speaks to servers and hears what they say to it (RFC 2131, section 4.1). */
public final class DhcpPort {
    private static final int LONGEST = 1472;
    private static final int QUEUE = 2 * (LONGEST + 36);

    /** Takes what servers say. */
    interface Listener {
        void received(DhcpMessage message) throws Malformed;
    }

    private final StackContext context;
    private final NetworkInterface link;
    private final MacAddress mac;
    private final UdpSocket socket;
    private final UdpDatagram datagram = new UdpDatagram(new byte[LONGEST]);
    private Listener listener = message -> {
        throw DhcpDrop.IGNORED.malformed();
    };
    private long sent;

    /**
     * Takes the port; if that fails, nothing is kept.
     *
     * @param context the stack's
     * @param udp the stack's
     * @param link the interface, with or without an address
     * @param mac its Ethernet address, by which servers know the client
     * @throws IllegalStateException if the port is taken
     * @throws OutOfMemoryBudget if the budget has no room for it
     */
    public DhcpPort(StackContext context, Udp udp, NetworkInterface link, MacAddress mac) {
        this.context = context;
        this.link = link;
        this.mac = mac;
        socket = udp.bind(DhcpMessage.CLIENT_PORT, QUEUE);
        try {
            context.budget().demand(LONGEST, "the DHCP client");
        } catch (OutOfMemoryBudget e) {
            socket.close();
            throw e;
        }
        socket.through(link);
        socket.allowBroadcast();
        socket.onReadable(this::receive);
    }

    StackContext context() {
        return context;
    }

    NetworkInterface link() {
        return link;
    }

    MacAddress mac() {
        return mac;
    }

    /** Says who takes the answers of servers to this client. */
    void listener(Listener who) {
        listener = who;
    }

    void broadcast(DhcpMessage message) {
        send(message, Ipv4Address.BROADCAST);
    }

    void send(DhcpMessage message, Ipv4Address to) {
        message.emit(Octets.over(datagram.buffer()));
        socket.send(datagram.to(to, DhcpMessage.SERVER_PORT).length(message.size()));
        sent++;
    }

    long sent() {
        return sent;
    }

    private void receive() {
        while (socket.receive(datagram)) {
            try {
                handle(DhcpMessage.parse(new Octets().aim(datagram.buffer(), 0, datagram.length())));
            } catch (Malformed e) {
                context.drops().count(e.drop());
            }
        }
    }

    private void handle(DhcpMessage message) throws Malformed {
        if (message.op() != DhcpMessage.BOOTREPLY || !message.chaddr().equals(mac)) {
            throw DhcpDrop.IGNORED.malformed();
        }
        listener.received(message);
    }
}
