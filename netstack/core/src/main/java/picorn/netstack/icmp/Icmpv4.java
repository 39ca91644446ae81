// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import java.util.ArrayList;
import java.util.List;
import picorn.netstack.address.AddressPair;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.Report;
import picorn.netstack.context.Reported;
import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.ip.Cast;
import picorn.netstack.ip.ErrorSender;
import picorn.netstack.ip.IpOutput;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.ip.Ipv4Header;
import picorn.netstack.ip.Route;
import picorn.netstack.ip.SendResult;
import picorn.netstack.ip.Transport;
import picorn.netstack.ip.Unreachable;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** ICMP for IPv4 (RFC 792; RFC 1122, section 3.2.2): answers echoes, carries those of ping sockets, tells of errors. */
public final class Icmpv4 implements Transport, ErrorSender, Timed, Reported {
    /** Its number in the IPv4 header. */
    public static final int PROTOCOL = 1;

    private static final int ERRORS_PER_SECOND = 100;
    private static final int ERROR_BURST = 50;
    /** An error message has at most 576 octets (RFC 1812, section 4.3.2.3). */
    private static final int LONGEST_ERROR = 576 - Ipv4Header.SIZE;

    private final StackContext context;
    private final IpOutput ip;
    private final AddressPair back = new AddressPair();
    private final List<PingSocket> pings = new ArrayList<>();
    private final TokenBucket errorBucket = new TokenBucket(ERROR_BURST, ERRORS_PER_SECOND);
    private long received;
    private long echoes;
    private long echoReplies;
    private long errorsReceived;
    private long errorsSent;

    /**
     * ICMP.
     *
     * @param context the stack's
     * @param ip how messages are sent
     */
    public Icmpv4(StackContext context, IpOutput ip) {
        this.context = context;
        this.ip = ip;
    }

    /**
     * Opens a socket that sends echoes.
     *
     * @return the socket, to be closed by the caller
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public PingSocket ping() {
        context.budget().demand(PingSocket.MEMORY, "a ping socket");
        PingSocket socket = new PingSocket(context, this, unusedIdentifier());
        pings.add(socket);
        return socket;
    }

    private int unusedIdentifier() {
        while (true) {
            int identifier = context.random().below(0x10000);
            if (pings.stream().noneMatch(ping -> ping.identifier() == identifier)) {
                return identifier;
            }
        }
    }

    void close(PingSocket socket) {
        if (pings.remove(socket)) {
            context.budget().release(PingSocket.MEMORY);
        }
    }

    @Override
    public int protocol() {
        return PROTOCOL;
    }

    @Override
    public void receive(IpPacket packet) throws Malformed {
        Octets in = packet.payload();
        IcmpHeader.check(in);
        received++;
        int type = IcmpHeader.TYPE.get(in);
        switch (type) {
            case IcmpHeader.ECHO -> answer(packet);
            case IcmpHeader.ECHO_REPLY -> accept(packet);
            default -> {
                if (!IcmpHeader.isError(type)) {
                    throw Drop.ICMP_TYPE_UNKNOWN.malformed();
                }
                errorsReceived++;
            }
        }
    }

    private void answer(IpPacket packet) throws Malformed {
        if (packet.cast() != Cast.UNICAST) {
            throw Drop.ICMP_ECHO_TO_GROUP.malformed();
        }
        echoes++;
        Octets in = packet.payload();
        reverse(packet);
        send(
                back,
                IcmpHeader.ECHO_REPLY,
                0,
                IcmpHeader.IDENTIFIER.get(in),
                IcmpHeader.SEQUENCE.get(in),
                in,
                IcmpHeader.SIZE,
                in.length() - IcmpHeader.SIZE);
    }

    private void accept(IpPacket packet) throws Malformed {
        echoReplies++;
        int identifier = IcmpHeader.IDENTIFIER.get(packet.payload());
        for (int i = 0; i < pings.size(); i++) {
            if (pings.get(i).identifier() == identifier) {
                pings.get(i).receive(packet);
                return;
            }
        }
        throw Drop.ICMP_REPLY_UNEXPECTED.malformed();
    }

    @Override
    public void unreachable(IpPacket packet, Unreachable reason) {
        if (mustNotTellOf(packet)) {
            return;
        }
        if (!errorBucket.take(context.now())) {
            context.drops().count(Drop.ICMP_RATE_LIMITED);
            return;
        }
        reverse(packet);
        int quoted = Math.min(packet.whole().length(), LONGEST_ERROR - IcmpHeader.SIZE);
        if (send(back, IcmpHeader.UNREACHABLE, codeOf(reason), 0, 0, packet.whole(), 0, quoted) == SendResult.SENT) {
            errorsSent++;
        }
    }

    private static boolean mustNotTellOf(IpPacket packet) {
        return packet.cast() != Cast.UNICAST || packet.addresses().sourceIpv4() == 0;
    }

    private static int codeOf(Unreachable reason) {
        return switch (reason) {
            case PROTOCOL -> 2;
            case PORT -> 3;
        };
    }

    private void reverse(IpPacket packet) {
        back.setIpv4(packet.addresses().destinationIpv4(), packet.addresses().sourceIpv4());
    }

    SendResult send(
            AddressPair addresses,
            int type,
            int code,
            int identifier,
            int sequence,
            Octets data,
            int from,
            int length) {
        Route route = ip.route(addresses);
        if (route == Route.NONE) {
            return SendResult.NO_ROUTE;
        }
        if (IcmpHeader.SIZE + length > route.maxPayload()) {
            return SendResult.TOO_LARGE;
        }
        if (context.packets().isDry()) {
            context.drops().count(Drop.MEMORY_DRY);
            return SendResult.OUT_OF_MEMORY;
        }
        PacketBuffer packet = context.packets().take();
        Octets out = packet.start(route.headroom(), IcmpHeader.SIZE + length);
        out.put(IcmpHeader.SIZE, data, from, length);
        IcmpHeader.write(out, type, code, identifier, sequence);
        ip.send(packet, route, addresses, PROTOCOL);
        return SendResult.SENT;
    }

    @Override
    public long deadline() {
        long deadline = NEVER;
        for (int i = 0; i < pings.size(); i++) {
            deadline = Math.min(deadline, pings.get(i).deadline());
        }
        return deadline;
    }

    @Override
    public long poll(long now) {
        for (int i = 0; i < pings.size(); i++) {
            pings.get(i).poll(now);
        }
        return deadline();
    }

    @Override
    public void report(Report report) {
        report.add("icmp.received", received)
                .add("icmp.echoes-received", echoes)
                .add("icmp.echo-replies-received", echoReplies)
                .add("icmp.errors-received", errorsReceived)
                .add("icmp.errors-sent", errorsSent);
    }
}
