// SPDX-License-Identifier: MIT
package picorn.netstack.capture;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.arp.ArpPacket;
import picorn.netstack.dhcp.DhcpMessage;
import picorn.netstack.dhcp.DhcpMessageType;
import picorn.netstack.dns.DnsData;
import picorn.netstack.dns.DnsMessage;
import picorn.netstack.dns.DnsRecord;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.icmp.IcmpHeader;
import picorn.netstack.icmp.Icmpv4;
import picorn.netstack.igmp.Igmp;
import picorn.netstack.ip.Ipv4Header;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;
import picorn.netstack.tcp.TcpHeader;
import picorn.netstack.udp.Udp;
import picorn.netstack.udp.UdpHeader;

/**
 * An Ethernet frame in a line for people, from the parsers that the stack itself goes by: what it would drop says why.
 *
 * <pre>{@code
 * FrameText.of(frame, 0, 42); // "02:… > ff:…: ARP who has 10.0.2.2? 10.0.2.15 asks"
 * }</pre>
 */
public final class FrameText {
    private static final int TCP = 6;
    private static final int DISTANCE = 0x1FFF;
    private static final int VLAN_ID = 0xFFF;
    private static final U16 TAG = U16.at(0);
    private static final U16 TAGGED_TYPE = TAG.next();
    private static final String FLAGS = "FIN SYN RST PSH ACK URG ECE CWR";

    private FrameText() {}

    /** Its addresses and what the protocols in it say. */
    public static String of(byte[] frame, int offset, int length) {
        Octets in = new Octets().aim(frame, offset, length);
        try {
            EthernetHeader header = EthernetHeader.parse(in);
            return "%s > %s: %s"
                    .formatted(
                            header.source(),
                            header.destination(),
                            payload(header.type(), rest(in, EthernetHeader.SIZE)));
        } catch (Malformed e) {
            return bad("frame", in, e);
        }
    }

    private static Octets rest(Octets in, int from) {
        return new Octets().aim(in, from, in.length() - from);
    }

    private static String bad(String what, Octets in, Malformed why) {
        return "%s of %d octets (%s)".formatted(what, in.length(), why.drop().label());
    }

    private static String payload(int type, Octets in) {
        return switch (type) {
            case EthernetHeader.ARP -> arp(in);
            case EthernetHeader.IPV4 -> ipv4(in);
            case EthernetHeader.VLAN -> vlan(in);
            default -> "type 0x%04x, %d octets".formatted(type, in.length());
        };
    }

    private static String vlan(Octets in) {
        return in.length() < TAGGED_TYPE.end()
                ? "VLAN tag of %d octets".formatted(in.length())
                : "VLAN %d, %s"
                        .formatted(TAG.get(in) & VLAN_ID, payload(TAGGED_TYPE.get(in), rest(in, TAGGED_TYPE.end())));
    }

    private static String arp(Octets in) {
        try {
            ArpPacket packet = ArpPacket.parse(in);
            return packet.operation() == ArpPacket.REQUEST
                    ? "ARP who has %s? %s asks".formatted(packet.targetProtocol(), packet.senderProtocol())
                    : "ARP %s is at %s".formatted(packet.senderProtocol(), packet.senderHardware());
        } catch (Malformed e) {
            return bad("ARP", in, e);
        }
    }

    private static String ipv4(Octets in) {
        try {
            Ipv4Header header = Ipv4Header.parse(in);
            Octets data = new Octets().aim(in, header.headerLength(), header.totalLength() - header.headerLength());
            return (header.fragment() & (Ipv4Header.MORE_FRAGMENTS | DISTANCE)) != 0
                    ? fragment(header, data)
                    : whole(header, data);
        } catch (Malformed e) {
            return bad("IPv4", in, e);
        }
    }

    private static String fragment(Ipv4Header header, Octets data) {
        return "%s > %s protocol %d, fragment of %d octets at %d"
                .formatted(
                        header.source(),
                        header.destination(),
                        header.protocol(),
                        data.length(),
                        8 * (header.fragment() & DISTANCE));
    }

    private static String whole(Ipv4Header header, Octets data) {
        return switch (header.protocol()) {
            case Icmpv4.PROTOCOL -> between(header) + icmp(data);
            case Igmp.PROTOCOL -> between(header) + "IGMP, %d octets".formatted(data.length());
            case TCP -> tcp(header, data);
            case Udp.PROTOCOL -> udp(header, data);
            default -> between(header) + "protocol %d, %d octets".formatted(header.protocol(), data.length());
        };
    }

    private static String between(Ipv4Header header) {
        return "%s > %s ".formatted(header.source(), header.destination());
    }

    private static String between(Ipv4Address source, int sourcePort, Ipv4Address destination, int destinationPort) {
        return "%s:%d > %s:%d ".formatted(source, sourcePort, destination, destinationPort);
    }

    private static String icmp(Octets in) {
        try {
            IcmpHeader header = IcmpHeader.parse(in);
            int data = in.length() - IcmpHeader.SIZE;
            return switch (header.type()) {
                case IcmpHeader.ECHO -> "ICMP echo request " + echo(header, data);
                case IcmpHeader.ECHO_REPLY -> "ICMP echo reply " + echo(header, data);
                default -> "ICMP type %d code %d, %d octets".formatted(header.type(), header.code(), data);
            };
        } catch (Malformed e) {
            return bad("ICMP", in, e);
        }
    }

    private static String echo(IcmpHeader header, int data) {
        return "id %d seq %d, %d octets".formatted(header.identifier(), header.sequence(), data);
    }

    private static String tcp(Ipv4Header ip, Octets in) {
        try {
            TcpHeader header = TcpHeader.parse(in);
            return between(ip.source(), header.sourcePort(), ip.destination(), header.destinationPort())
                    + "TCP%s seq %d ack %d win %d, %d octets"
                            .formatted(
                                    flags(header.flags()),
                                    Integer.toUnsignedLong(header.sequence()),
                                    Integer.toUnsignedLong(header.acknowledgment()),
                                    header.window(),
                                    in.length() - header.length());
        } catch (Malformed e) {
            return between(ip) + bad("TCP", in, e);
        }
    }

    private static String flags(int flags) {
        String[] names = FLAGS.split(" ");
        StringBuilder set = new StringBuilder();
        for (int bit = 0; bit < names.length; bit++) {
            if ((flags >>> bit & 1) != 0) {
                set.append(' ').append(names[bit]);
            }
        }
        return set.toString();
    }

    private static String udp(Ipv4Header ip, Octets in) {
        try {
            UdpHeader header = UdpHeader.parse(in);
            Octets data = new Octets().aim(in, UdpHeader.SIZE, header.length() - UdpHeader.SIZE);
            return between(ip.source(), header.sourcePort(), ip.destination(), header.destinationPort())
                    + "UDP, %d octets".formatted(data.length())
                    + application(header, data);
        } catch (Malformed e) {
            return between(ip) + bad("UDP", in, e);
        }
    }

    private static String application(UdpHeader header, Octets data) {
        try {
            if (isAt(header, DhcpMessage.SERVER_PORT)) {
                return dhcp(DhcpMessage.parse(data));
            }
            return isAt(header, DnsMessage.PORT) ? dns(DnsMessage.parse(data)) : "";
        } catch (Malformed e) {
            return " (%s)".formatted(e.drop().label());
        }
    }

    private static boolean isAt(UdpHeader header, int port) {
        return header.sourcePort() == port || header.destinationPort() == port;
    }

    private static String dhcp(DhcpMessage message) {
        String type = message.type().map(DhcpMessageType::name).orElse("without a type");
        boolean gives =
                message.op() == DhcpMessage.BOOTREPLY && message.yiaddr().bits() != 0;
        return ": DHCP %s%s".formatted(type, gives ? " " + message.yiaddr() : "");
    }

    private static String dns(DnsMessage message) {
        String asked = message.questions().stream()
                .map(question -> question.name() + " type " + question.type())
                .collect(Collectors.joining(", "));
        if ((message.flags() & DnsMessage.RESPONSE) == 0) {
            return ": DNS asks for %s".formatted(asked);
        }
        List<DnsRecord> answers = message.answers();
        String data = answers.stream()
                .map(FrameText::address)
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return ": DNS answers %s, code %d, %d records%s"
                .formatted(
                        asked,
                        message.flags() & DnsMessage.RESPONSE_CODE,
                        answers.size(),
                        data.isEmpty() ? "" : ": " + data);
    }

    private static Optional<String> address(DnsRecord answer) {
        return answer.data() instanceof DnsData.Ipv4 ipv4
                ? Optional.of(ipv4.address().toString())
                : Optional.empty();
    }
}
