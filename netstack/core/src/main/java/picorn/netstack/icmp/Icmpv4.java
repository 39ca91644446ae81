// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import java.util.Optional;
import picorn.netstack.address.AddressPair;
import picorn.netstack.context.Counter;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.context.StackContext;
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
public final class Icmpv4 implements Transport {
    /** Its number in the IPv4 header. */
    public static final int PROTOCOL = 1;

    private final StackContext context;
    private final Ipv4 ip;
    private final IcmpSender sender;
    private final IcmpErrors errors;
    private final AddressPair back = new AddressPair();
    private Optional<Pings> pings = Optional.empty();
    private EchoReplies replies = packet -> {
        throw IcmpDrop.REPLY_UNEXPECTED.malformed();
    };
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
        sender = new IcmpSender(ip);
        errors = new IcmpErrors(context, ip, sender);
        received = context.counter("icmp.received");
        echoes = context.counter("icmp.echoes-received");
        echoReplies = context.counter("icmp.echo-replies-received");
        errorsReceived = context.counter("icmp.errors-received");
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
        if (pings.isEmpty()) {
            Pings all = new Pings(context, ip, sender);
            pings = Optional.of(all);
            replies = all;
        }
        return pings.get().open();
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
            case IcmpHeader.ECHO_REPLY -> {
                echoReplies.count();
                replies.accept(packet);
            }
            case IcmpHeader.TIMESTAMP -> TimestampReply.answer(this, packet, context.now());
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
            reply(message);
        }
    }

    /** Sends an answer that {@link #start} has begun. */
    void reply(PacketBuffer message) {
        sender.send(message, way, back, options);
    }

    /** Begins an answer to what {@link #isAnswerable}. */
    PacketBuffer start(Octets in, int length, int type) {
        return sender.start(way, length, options, type, 0, IcmpFields.WORD.get(in));
    }

    /** Turns the addresses round and looks for the way back. */
    boolean isAnswerable(IpPacket packet, int length) throws Malformed {
        if (packet.cast() != Cast.UNICAST) {
            throw IcmpDrop.ECHO_TO_GROUP.malformed();
        }
        back.answering(packet.addresses());
        way = ip.route(back);
        Octets given = ip.input().options().answer(packet);
        options = given.length() == 0 ? SendOptions.DEFAULT : SendOptions.DEFAULT.headerOptions(given);
        return sender.check(way, length, options) == SendResult.SENT;
    }

    @Override
    public boolean error(IpError error) {
        return replies.error(error);
    }
}
