// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import java.util.ArrayList;
import java.util.List;
import picorn.netstack.address.AddressPair;
import picorn.netstack.context.Counter;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.StackContext;
import picorn.netstack.context.Timed;
import picorn.netstack.ip.Cast;
import picorn.netstack.ip.ErrorSender;
import picorn.netstack.ip.IpError;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.ip.Route;
import picorn.netstack.ip.SendOptions;
import picorn.netstack.ip.SendResult;
import picorn.netstack.ip.Transport;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** ICMP for IPv4 (RFC 792; RFC 1122, section 3.2.2): answers echoes, carries those of ping sockets, tells of errors. */
public final class Icmpv4 implements Transport, Timed {
    /** Its number in the IPv4 header. */
    public static final int PROTOCOL = 1;

    private static final int TIMES = 12;
    private static final int NOT_UNIVERSAL = 1 << 31;
    private static final int MILLISECOND = 1_000_000;
    private static final int DAY = 86_400_000;

    private final StackContext context;
    private final Ipv4 ip;
    private final IcmpSender sender;
    private final IcmpErrors errors;
    private final AddressPair back = new AddressPair();
    private final List<PingSocket> pings = new ArrayList<>();
    private Route way = Route.NONE;
    private SendOptions options = SendOptions.DEFAULT;
    private final Counter received;
    private final Counter echoes;
    private final Counter echoReplies;
    private final Counter errorsReceived;

    /**
     * ICMP.
     *
     * @param context the stack's
     * @param ip how messages are sent
     */
    public Icmpv4(StackContext context, Ipv4 ip) {
        this.context = context;
        this.ip = ip;
        sender = new IcmpSender(context, ip);
        errors = new IcmpErrors(context, ip, sender);
        received = context.counters().of("icmp.received");
        echoes = context.counters().of("icmp.echoes-received");
        echoReplies = context.counters().of("icmp.echo-replies-received");
        errorsReceived = context.counters().of("icmp.errors-received");
    }

    /**
     * Who tells senders of packets that did not arrive.
     *
     * @return always the same one
     */
    public ErrorSender errors() {
        return errors;
    }

    /**
     * Opens a socket that sends echoes.
     *
     * @return the socket, to be closed by the caller
     * @throws picorn.netstack.context.OutOfMemoryBudget if the budget has no room for it
     */
    public PingSocket ping() {
        context.budget().demand(PingSocket.MEMORY, "a ping socket");
        PingSocket socket = new PingSocket(context, this, ip, sender, unusedIdentifier());
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
        IcmpFields.check(in, packet.needsChecksum(PROTOCOL));
        received.count();
        int type = IcmpFields.TYPE.get(in);
        switch (type) {
            case IcmpHeader.ECHO -> answer(packet);
            case IcmpHeader.ECHO_REPLY -> accept(packet);
            case IcmpHeader.TIMESTAMP -> tellTime(packet);
            default -> {
                // Source quench is an error once more, but means nothing (RFC 6633).
                if (!IcmpFields.isError(type) || type == IcmpFields.SOURCE_QUENCH) {
                    throw IcmpDrop.TYPE_UNKNOWN.malformed();
                }
                errorsReceived.count();
                errors.receive(packet, type);
            }
        }
    }

    private void answer(IpPacket packet) throws Malformed {
        echoes.count();
        Octets in = packet.payload();
        int length = in.length() - IcmpFields.SIZE;
        if (isAnswerable(packet, length)) {
            PacketBuffer message = start(in, length, IcmpHeader.ECHO_REPLY);
            message.octets().put(IcmpFields.SIZE, in, IcmpFields.SIZE, length);
            sender.send(message, way, back, options);
        }
    }

    /** The time of this stack, which begins at nothing universal, has the high bit set (RFC 792, "Timestamp"). */
    private void tellTime(IpPacket packet) throws Malformed {
        Octets in = packet.payload();
        in.require(IcmpFields.SIZE + TIMES, IcmpDrop.TRUNCATED);
        if (isAnswerable(packet, TIMES)) {
            PacketBuffer message = start(in, TIMES, IcmpHeader.TIMESTAMP_REPLY);
            Octets out = message.octets();
            int time = (int) (context.now() / MILLISECOND % DAY) | NOT_UNIVERSAL;
            IcmpFields.ORIGINATE.set(out, IcmpFields.ORIGINATE.get(in));
            IcmpFields.RECEIVE.set(out, time);
            IcmpFields.TRANSMIT.set(out, time);
            sender.send(message, way, back, options);
        }
    }

    private PacketBuffer start(Octets in, int length, int type) {
        return sender.start(way, length, options, type, 0, IcmpFields.WORD.get(in));
    }

    /** Turns the addresses round and looks for the way back. */
    private boolean isAnswerable(IpPacket packet, int length) throws Malformed {
        if (packet.cast() != Cast.UNICAST) {
            throw IcmpDrop.ECHO_TO_GROUP.malformed();
        }
        back.setIpv4(packet.addresses().destinationIpv4(), packet.addresses().sourceIpv4());
        way = ip.route(back);
        Octets given = ip.input().options().answer(packet);
        options = given.length() == 0 ? SendOptions.DEFAULT : SendOptions.DEFAULT.headerOptions(given);
        return sender.check(way, length, options) == SendResult.SENT;
    }

    private void accept(IpPacket packet) throws Malformed {
        echoReplies.count();
        int identifier = IcmpFields.IDENTIFIER.get(packet.payload());
        for (int i = 0; i < pings.size(); i++) {
            if (pings.get(i).identifier() == identifier) {
                pings.get(i).receive(packet);
                return;
            }
        }
        throw IcmpDrop.REPLY_UNEXPECTED.malformed();
    }

    @Override
    public boolean error(IpError error) {
        Octets quoted = error.quoted();
        for (int i = 0; i < pings.size(); i++) {
            if (IcmpFields.TYPE.get(quoted) == IcmpHeader.ECHO
                    && IcmpFields.IDENTIFIER.get(quoted) == pings.get(i).identifier()) {
                return pings.get(i).error(error, IcmpFields.SEQUENCE.get(quoted));
            }
        }
        return false;
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
}
