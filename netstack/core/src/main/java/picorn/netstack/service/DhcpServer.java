// SPDX-License-Identifier: MIT
package picorn.netstack.service;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.MacAddress;
import picorn.netstack.dhcp.DhcpDrop;
import picorn.netstack.dhcp.DhcpMessage;
import picorn.netstack.dhcp.DhcpMessageType;
import picorn.netstack.dhcp.DhcpOption;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.stack.Stack;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

/** DHCP server for the neighbours on one Ethernet (RFC 2131, section 4.3), with a pool of fixed size. */
public final class DhcpServer {
    private static final int QUEUE = 4096;
    private static final int LONGEST = 1472;
    private static final long SECOND = 1_000_000_000L;
    private static final long OFFER_LASTS = 60 * SECOND;

    private final Stack stack;
    private final EthernetInterface link;
    private final DhcpConfig config;
    private final DhcpReplies replies;
    private final LeaseTable leases;
    private final UdpSocket socket;
    private Optional<Ipv4Address> latest = Optional.empty();
    private final UdpDatagram in = new UdpDatagram(new byte[LONGEST]);
    private final UdpDatagram out = new UdpDatagram(new byte[LONGEST]);

    private DhcpServer(Stack stack, EthernetInterface link, DhcpConfig config) {
        stack.budget().demand((long) config.count() * LeaseTable.LEASE_OCTETS + 2 * LONGEST, "the DHCP server");
        this.stack = stack;
        this.link = link;
        this.config = config;
        replies = new DhcpReplies(config);
        leases = new LeaseTable(config.first(), config.count());
        socket = stack.udp().bind(DhcpMessage.SERVER_PORT, QUEUE);
        socket.allowBroadcast();
        socket.onReadable(this::serve);
    }

    /**
     * Starts a server.
     *
     * @param stack where
     * @param link the interface at which its clients are
     * @param config what it gives to them
     * @return the server
     * @throws IllegalStateException if the port is taken
     */
    public static DhcpServer on(Stack stack, EthernetInterface link, DhcpConfig config) {
        return new DhcpServer(stack, link, config);
    }

    /**
     * Tells clients from now on which file to boot, and that this host has it (RFC 2132, sections 9.4 and 9.5).
     *
     * @param name at most 255 octets
     * @throws IllegalArgumentException if it is longer
     */
    public void bootFile(String name) {
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        if (octets.length > 255) {
            throw new IllegalArgumentException("the name of a boot file has at most 255 octets, not " + octets.length);
        }
        replies.bootFile(octets);
    }

    /**
     * The address that was given last.
     *
     * @return the address, nothing before the first lease
     */
    public Optional<Ipv4Address> latest() {
        return latest;
    }

    /**
     * Addresses that are in use by clients.
     *
     * @return a count
     */
    public long bound() {
        return leases.bound(stack.now());
    }

    private void serve() {
        while (socket.receive(in)) {
            try {
                handle(DhcpMessage.parse(new Octets().aim(in.buffer(), 0, in.length())));
            } catch (Malformed e) {
                stack.countDrop(e.drop());
            }
        }
    }

    private void handle(DhcpMessage message) throws Malformed {
        if (message.op() != DhcpMessage.BOOTREQUEST
                || MacAddress.isGroup(message.chaddr().bits())) {
            throw DhcpDrop.BAD_FORMAT.malformed();
        }
        if (message.giaddr().bits() != 0) {
            throw DhcpDrop.RELAYED.malformed();
        }
        switch (message.type().orElse(DhcpMessageType.NAK)) {
            case DISCOVER -> discover(message);
            case REQUEST -> request(message);
            case DECLINE -> decline(message);
            case RELEASE -> release(message);
            case INFORM -> inform(message);
            default -> throw DhcpDrop.IGNORED.malformed();
        }
    }

    private void discover(DhcpMessage message) throws Malformed {
        ClientId client = ClientId.of(message);
        Lease lease = leases.choose(client, wish(message), stack.now()).orElseThrow(DhcpDrop.POOL_EMPTY::malformed);
        lease.offer(client, stack.now() + OFFER_LASTS);
        answer(replies.offer(message, lease.address()));
    }

    private void request(DhcpMessage message) throws Malformed {
        Optional<Ipv4Address> server = message.options().address(DhcpOption.SERVER_IDENTIFIER);
        if (server.isPresent()) {
            select(message, server.get());
        } else if (message.ciaddr().bits() == 0) {
            reboot(message);
        } else {
            grantOrRefuse(message, message.ciaddr());
        }
    }

    /** The client has chosen among the servers that made it an offer. */
    private void select(DhcpMessage message, Ipv4Address server) throws Malformed {
        if (!isOurs(server)) {
            ClientId client = ClientId.of(message);
            leases.of(client)
                    .filter(lease -> !lease.isBound(stack.now()))
                    .ifPresent(lease -> lease.release(stack.now()));
            throw DhcpDrop.IGNORED.malformed();
        }
        grantOrRefuse(message, wish(message).orElse(Ipv4Address.UNSPECIFIED));
    }

    /** The client remembers an address (INIT-REBOOT); of clients that it does not know the server says nothing. */
    private void reboot(DhcpMessage message) throws Malformed {
        Ipv4Address wish = wish(message).orElseThrow(DhcpDrop.IGNORED::malformed);
        if (config.server().contains(wish.bits())
                && leases.of(ClientId.of(message)).isEmpty()) {
            throw DhcpDrop.IGNORED.malformed();
        }
        grantOrRefuse(message, wish);
    }

    private void grantOrRefuse(DhcpMessage message, Ipv4Address address) {
        ClientId client = ClientId.of(message);
        Optional<Lease> lease = leases.of(client).filter(each -> each.address().equals(address));
        if (lease.isEmpty()) {
            broadcast(replies.refusal(message));
            return;
        }
        latest = Optional.of(address);
        lease.get().bind(client, stack.now() + replies.leaseSeconds(message) * SECOND);
        answer(replies.grant(message, address));
    }

    private void decline(DhcpMessage message) throws Malformed {
        Lease lease = owned(message, wish(message).orElse(Ipv4Address.UNSPECIFIED));
        lease.decline(stack.now() + config.leaseSeconds() * SECOND);
    }

    private void release(DhcpMessage message) throws Malformed {
        owned(message, message.ciaddr()).release(stack.now());
    }

    private void inform(DhcpMessage message) throws Malformed {
        if (message.ciaddr().bits() == 0) {
            throw DhcpDrop.IGNORED.malformed();
        }
        answer(replies.informed(message));
    }

    private Lease owned(DhcpMessage message, Ipv4Address address) throws Malformed {
        return leases.of(ClientId.of(message))
                .filter(lease -> lease.address().equals(address))
                .orElseThrow(DhcpDrop.IGNORED::malformed);
    }

    private boolean isOurs(Ipv4Address server) {
        return server.equals(config.server().address());
    }

    private static Optional<Ipv4Address> wish(DhcpMessage message) {
        return message.options().address(DhcpOption.REQUESTED_ADDRESS);
    }

    /** Sends an answer where RFC 2131, section 4.1, has it go. */
    private void answer(DhcpMessage reply) {
        if (reply.ciaddr().bits() != 0) {
            send(reply, reply.ciaddr());
        } else if ((reply.flags() & DhcpMessage.BROADCAST) != 0) {
            broadcast(reply);
        } else {
            link.learn(reply.yiaddr(), reply.chaddr());
            send(reply, reply.yiaddr());
        }
    }

    private void broadcast(DhcpMessage reply) {
        send(reply, Ipv4Address.BROADCAST);
    }

    private void send(DhcpMessage reply, Ipv4Address to) {
        reply.emit(Octets.over(out.buffer()));
        socket.send(out.to(to, DhcpMessage.CLIENT_PORT).length(reply.size()));
    }
}
