// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import java.util.Optional;
import picorn.netstack.address.AddressPair;
import picorn.netstack.context.PacketBuffer;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.ip.Ipv4;
import picorn.netstack.ip.Route;
import picorn.netstack.ip.SendOptions;
import picorn.netstack.ip.SendResult;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** Echoes to other hosts (RFC 792) that a transparent gateway passes on by other means, and their answers in those hosts' names. */
public final class EchoRelay {
    private final Ipv4 ip;
    private final IcmpSender sender;
    private final AddressPair between = new AddressPair();

    /**
     * A relay.
     *
     * @param ip how answers are sent
     */
    public EchoRelay(Ipv4 ip) {
        this.ip = ip;
        sender = new IcmpSender(ip);
    }

    /**
     * An echo.
     *
     * @param identifier the asker's
     * @param sequence its number
     * @param data what is to come back
     */
    public record Echo(int identifier, int sequence, byte[] data) {}

    /**
     * Reads an echo request.
     *
     * @param packet which may hold one
     * @return the echo, nothing if it is another message or malformed
     */
    public static Optional<Echo> read(IpPacket packet) {
        if (packet.protocol() != Icmpv4.PROTOCOL || packet.isLaterFragment()) {
            return Optional.empty();
        }
        try {
            Octets in = packet.payload();
            IcmpHeader header = IcmpHeader.parse(in);
            byte[] data = new Octets()
                    .aim(in, IcmpHeader.SIZE, in.length() - IcmpHeader.SIZE)
                    .toArray();
            return header.type() == IcmpHeader.ECHO && header.code() == 0
                    ? Optional.of(new Echo(header.identifier(), header.sequence(), data))
                    : Optional.empty();
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    /**
     * Sends the answer to an echo.
     *
     * @param from bits of the address that was to be reached
     * @param to bits of the asker's address
     * @param echo what comes back
     * @return whether it was sent
     */
    public SendResult reply(int from, int to, Echo echo) {
        between.setIpv4(from, to);
        Route route = ip.route(between);
        SendResult possible = sender.check(route, echo.data().length, SendOptions.DEFAULT);
        if (possible == SendResult.SENT) {
            int word = echo.identifier() << 16 | echo.sequence();
            PacketBuffer message =
                    sender.start(route, echo.data().length, SendOptions.DEFAULT, IcmpHeader.ECHO_REPLY, 0, word);
            message.octets().put(IcmpHeader.SIZE, echo.data(), 0, echo.data().length);
            sender.send(message, route, between, SendOptions.DEFAULT);
        }
        return possible;
    }
}
