// SPDX-License-Identifier: MIT
package picorn.netstack.testing;

import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.MacAddress;
import picorn.netstack.arp.ArpPacket;
import picorn.netstack.dhcp.DhcpMessage;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.icmp.IcmpHeader;
import picorn.netstack.ip.Ipv4Header;
import picorn.netstack.octets.InternetChecksum;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;
import picorn.netstack.udp.UdpHeader;

/** Frames as a neighbour would send them, made layer by layer without the stack under test. */
public final class Frames {
    public static final int ICMP = 1;
    public static final int UDP = 17;

    private Frames() {}

    public static byte[] ethernet(MacAddress to, MacAddress from, int type, byte[] data) {
        byte[] frame = new byte[Math.max(EthernetHeader.SIZE + data.length, EthernetHeader.SHORTEST_FRAME)];
        new EthernetHeader(to, from, type).emit(Octets.over(frame));
        System.arraycopy(data, 0, frame, EthernetHeader.SIZE, data.length);
        return frame;
    }

    public static byte[] arp(
            int operation, MacAddress sender, Ipv4Address senderIp, MacAddress target, Ipv4Address ip) {
        byte[] packet = new byte[ArpPacket.SIZE];
        new ArpPacket(operation, sender, senderIp, target, ip).emit(Octets.over(packet));
        return packet;
    }

    public static byte[] ipv4(Ipv4Address from, Ipv4Address to, int protocol, byte[] data) {
        return ipv4(new Ipv4Header(20, 0, 20 + data.length, 0x1234, 0, 64, protocol, from, to), data);
    }

    /** The same packet with header options. */
    public static byte[] withOptions(byte[] packet, byte[] options) {
        byte[] longer = new byte[packet.length + options.length];
        System.arraycopy(packet, 0, longer, 0, Ipv4Header.SIZE);
        System.arraycopy(options, 0, longer, Ipv4Header.SIZE, options.length);
        System.arraycopy(
                packet, Ipv4Header.SIZE, longer, Ipv4Header.SIZE + options.length, packet.length - Ipv4Header.SIZE);
        longer[0] = (byte) (0x40 | (Ipv4Header.SIZE + options.length) / 4);
        U16.at(2).set(Octets.over(longer), longer.length);
        return sealed(longer);
    }

    /** The packet with its header checksum put right. */
    public static byte[] sealed(byte[] packet) {
        Octets header = new Octets().aim(packet, 0, (packet[0] & 0xF) * 4);
        U16.at(10).set(header, 0);
        U16.at(10).set(header, InternetChecksum.of(InternetChecksum.sum(header)));
        return packet;
    }

    /** A fragment of what a packet carries. */
    public static byte[] fragment(byte[] packet, int from, int length, int identification) {
        int header = (packet[0] & 0xF) * 4;
        byte[] fragment = new byte[header + length];
        System.arraycopy(packet, 0, fragment, 0, header);
        System.arraycopy(packet, header + from, fragment, header, length);
        boolean last = header + from + length == packet.length;
        Octets out = Octets.over(fragment);
        U16.at(2).set(out, fragment.length);
        U16.at(4).set(out, identification);
        U16.at(6).set(out, from / 8 | (last ? 0 : Ipv4Header.MORE_FRAGMENTS));
        return sealed(fragment);
    }

    public static byte[] ipv4(Ipv4Header header, byte[] data) {
        byte[] packet = new byte[Ipv4Header.SIZE + data.length];
        header.emit(Octets.over(packet));
        System.arraycopy(data, 0, packet, Ipv4Header.SIZE, data.length);
        return packet;
    }

    public static byte[] icmp(int type, int identifier, int sequence, byte[] data) {
        byte[] message = new byte[IcmpHeader.SIZE + data.length];
        System.arraycopy(data, 0, message, IcmpHeader.SIZE, data.length);
        new IcmpHeader(type, 0, identifier, sequence).emit(Octets.over(message));
        return message;
    }

    /** An ICMP message whose header ends in a number of four octets. */
    public static byte[] icmpError(int type, int code, int word, byte[] data) {
        byte[] message = new byte[IcmpHeader.SIZE + data.length];
        System.arraycopy(data, 0, message, IcmpHeader.SIZE, data.length);
        new IcmpHeader(type, code, word >>> 16, word & 0xFFFF).emit(Octets.over(message));
        return message;
    }

    public static byte[] udp(Ipv4Address from, int fromPort, Ipv4Address to, int toPort, byte[] data) {
        int length = UdpHeader.SIZE + data.length;
        byte[] datagram = new byte[length];
        System.arraycopy(data, 0, datagram, UdpHeader.SIZE, data.length);
        new UdpHeader(fromPort, toPort, length, 0).emit(Octets.over(datagram));
        int checksum = udpChecksum(from, to, datagram);
        new UdpHeader(fromPort, toPort, length, checksum == 0 ? 0xFFFF : checksum).emit(Octets.over(datagram));
        return datagram;
    }

    /** The checksum as RFC 768 words it: pseudo-header written out, summed 16 bits at a time with end-around carry. */
    private static int udpChecksum(Ipv4Address from, Ipv4Address to, byte[] datagram) {
        int sum = add(add(0, from.bits() >>> 16), from.bits() & 0xFFFF);
        sum = add(add(sum, to.bits() >>> 16), to.bits() & 0xFFFF);
        sum = add(add(sum, UDP), datagram.length);
        for (int i = 0; i < datagram.length; i += 2) {
            int low = i + 1 < datagram.length ? datagram[i + 1] & 0xFF : 0;
            sum = add(sum, (datagram[i] & 0xFF) << 8 | low);
        }
        return ~sum & 0xFFFF;
    }

    private static int add(int sum, int word) {
        int added = sum + word;
        return (added & 0xFFFF) + (added >>> 16);
    }

    public static byte[] dhcp(DhcpMessage message) {
        byte[] octets = new byte[message.size()];
        message.emit(Octets.over(octets));
        return octets;
    }

    public static byte[] bytes(String hex) {
        String digits = hex.replaceAll("\\s", "");
        byte[] octets = new byte[digits.length() / 2];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) Integer.parseInt(digits.substring(2 * i, 2 * i + 2), 16);
        }
        return octets;
    }
}
