// SPDX-License-Identifier: MIT
package picorn.netstack.testing;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.MacAddress;
import picorn.netstack.dhcp.DhcpMessage;
import picorn.netstack.dhcp.DhcpOption;
import picorn.netstack.dhcp.DhcpOptions;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.ip.Ipv4Header;
import picorn.netstack.octets.InternetChecksum;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;

/** Random frames, and valid ones of each protocol with octets changed, cut off or added, mostly with checksums put right. */
public final class FuzzedFrames {
    private static final int IP = EthernetHeader.SIZE;

    private final SplittableRandom random;
    private final List<Supplier<byte[]>> valid = List.of(
            this::arp,
            this::echo,
            this::datagram,
            this::dhcp,
            this::dhcp,
            this::fragment,
            this::fragment,
            this::withOptions,
            this::tagged,
            this::igmp,
            this::error,
            this::stranger);

    public FuzzedFrames(SplittableRandom random) {
        this.random = random;
    }

    public byte[] next() {
        if (random.nextInt(10) == 0) {
            return bytes(random.nextInt(1600));
        }
        byte[] frame = valid.get(random.nextInt(valid.size())).get();
        int changes = random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            frame[place(frame)] = interesting();
        }
        frame = resized(frame);
        if (random.nextInt(8) != 0) {
            putChecksumsRight(frame);
        }
        return frame;
    }

    /** Mostly within headers and the first options, sometimes anywhere. */
    private int place(byte[] frame) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(frame.length);
            case 1 -> Math.min(frame.length - 1, IP + 20 + 8 + 236 + random.nextInt(30));
            default -> Math.min(frame.length - 1, IP + random.nextInt(30));
        };
    }

    private byte interesting() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> (byte) 0xFF;
            case 2 -> (byte) random.nextInt(16);
            default -> (byte) random.nextInt();
        };
    }

    private byte[] resized(byte[] frame) {
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(frame, random.nextInt(frame.length + 1));
            case 1 -> Arrays.copyOf(frame, frame.length + random.nextInt(64));
            default -> frame;
        };
    }

    private void putChecksumsRight(byte[] frame) {
        if (frame.length < IP + 20 || frame[12] != 8 || frame[13] != 0) {
            return;
        }
        int header = (frame[IP] & 0xF) * 4;
        if (header < 20 || IP + header > frame.length) {
            return;
        }
        Octets octets = new Octets().aim(frame, IP, header);
        put(octets, 10, InternetChecksum.sum(octets));
        int end = Math.min(frame.length, IP + U16.at(2).get(octets));
        int length = end - IP - header;
        if (frame[IP + 9] == Frames.ICMP && length >= 8) {
            Octets message = new Octets().aim(frame, IP + header, length);
            put(message, 2, InternetChecksum.sum(message));
        } else if (frame[IP + 9] == Frames.UDP && length >= 8) {
            U16.at(6).set(new Octets().aim(frame, IP + header, 8), 0);
        }
    }

    private static void put(Octets octets, int at, long sum) {
        long without = sum + (~U16.at(at).get(octets) & 0xFFFF);
        U16.at(at).set(octets, InternetChecksum.of(without));
    }

    private byte[] bytes(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        if (length > IP && random.nextBoolean()) {
            System.arraycopy(Frames.ethernet(to(), from(), type(), new byte[0]), 0, octets, 0, IP);
        }
        return octets;
    }

    private MacAddress to() {
        return random.nextInt(4) == 0 ? MacAddress.BROADCAST : Station.OUR_MAC;
    }

    private MacAddress from() {
        return new MacAddress(Station.PEER_MAC.bits() + random.nextInt(40));
    }

    private int type() {
        return random.nextBoolean() ? EthernetHeader.IPV4 : EthernetHeader.ARP;
    }

    private Ipv4Address address() {
        return new Ipv4Address(Station.PEER.bits() + random.nextInt(60));
    }

    private byte[] arp() {
        byte[] packet = Frames.arp(1 + random.nextInt(2), from(), address(), Station.OUR_MAC, Station.US);
        return Frames.ethernet(to(), from(), EthernetHeader.ARP, packet);
    }

    private byte[] ip(int protocol, Ipv4Address source, Ipv4Address destination, byte[] data) {
        MacAddress to = destination.equals(Ipv4Address.BROADCAST) ? MacAddress.BROADCAST : Station.OUR_MAC;
        return Frames.ethernet(to, from(), EthernetHeader.IPV4, Frames.ipv4(source, destination, protocol, data));
    }

    private byte[] echo() {
        byte[] echo = Frames.icmp(random.nextInt(4) == 0 ? random.nextInt(20) : 8, 1, 1, new byte[random.nextInt(100)]);
        return ip(Frames.ICMP, address(), Station.US, echo);
    }

    private byte[] datagram() {
        Ipv4Address from = address();
        int port = random.nextBoolean() ? 7 : random.nextInt(0x10000);
        byte[] datagram = Frames.udp(from, random.nextInt(0x10000), Station.US, port, new byte[random.nextInt(300)]);
        return ip(Frames.UDP, from, Station.US, datagram);
    }

    private byte[] fragment() {
        byte[] whole = Frames.ipv4(
                address(), Station.US, random.nextInt(4) == 0 ? 6 : Frames.UDP, new byte[8 * (2 + random.nextInt(40))]);
        int length = whole.length - 20;
        int from = 8 * random.nextInt(length / 8);
        int piece = random.nextInt(3) == 0 ? length - from : Math.min(length - from, 8 * (1 + random.nextInt(20)));
        byte[] fragment = Frames.fragment(whole, from, piece, random.nextInt(4));
        return Frames.ethernet(Station.OUR_MAC, from(), EthernetHeader.IPV4, fragment);
    }

    private byte[] withOptions() {
        byte[] options = new byte[4 * (1 + random.nextInt(10))];
        byte[] types = {0, 1, 7, 68, (byte) 131, (byte) 137, (byte) 148};
        options[0] = types[random.nextInt(types.length)];
        options[1] = (byte) (random.nextBoolean() ? options.length : random.nextInt(42));
        options[2] = (byte) random.nextInt(options.length + 2);
        options[3] = (byte) random.nextInt();
        byte[] echo = Frames.ipv4(address(), Station.US, Frames.ICMP, Frames.icmp(8, 1, 1, new byte[20]));
        return Frames.ethernet(Station.OUR_MAC, from(), EthernetHeader.IPV4, Frames.withOptions(echo, options));
    }

    private byte[] tagged() {
        byte[] frame = random.nextBoolean() ? arp() : echo();
        byte[] longer = new byte[frame.length + 4];
        System.arraycopy(frame, 0, longer, 0, 12);
        longer[12] = (byte) 0x81;
        longer[14] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : 0);
        longer[15] = (byte) (random.nextInt(3) == 0 ? random.nextInt() : 100);
        System.arraycopy(frame, 12, longer, 16, frame.length - 12);
        return longer;
    }

    private byte[] igmp() {
        byte[] message = new byte[random.nextBoolean() ? 8 : 12 + 4 * random.nextInt(4)];
        message[0] = (byte) (random.nextInt(3) == 0 ? 0x10 + random.nextInt(0x14) : 0x11);
        message[1] = interesting();
        message[4] = (byte) (random.nextBoolean() ? 0 : 239);
        message[7] = (byte) (message[4] == 0 ? 0 : random.nextInt(3));
        if (message.length > 8) {
            message[11] = (byte) ((message.length - 12) / 4);
        }
        U16.at(2).set(Octets.over(message), InternetChecksum.of(InternetChecksum.sum(Octets.over(message))));
        Ipv4Address group = new Ipv4Address(0xE000_0001);
        Ipv4Header header = new Ipv4Header(20, 0, 20 + message.length, 1, 0, 1, 2, address(), group);
        return Frames.ethernet(
                new MacAddress(MacAddress.multicast(group.bits())),
                from(),
                EthernetHeader.IPV4,
                Frames.ipv4(header, message));
    }

    private byte[] error() {
        byte[] quoted =
                Frames.ipv4(Station.US, address(), Frames.UDP, Frames.udp(Station.US, 7, Station.PEER, 9, new byte[8]));
        byte[] types = {3, 5, 11, 12};
        int type = types[random.nextInt(types.length)];
        int word = random.nextBoolean() ? random.nextInt(1500) : random.nextInt();
        byte[] message = Frames.icmpError(type, random.nextInt(17), word, quoted);
        return ip(Frames.ICMP, address(), Station.US, message);
    }

    /** A packet for another host, to be forwarded by who does that. */
    private byte[] stranger() {
        Ipv4Address to = random.nextBoolean() ? address() : new Ipv4Address(random.nextInt());
        int timeToLive = random.nextInt(4);
        Ipv4Header header = new Ipv4Header(20, 0, 60, 1, 0, timeToLive, Frames.UDP, address(), to);
        return Frames.ethernet(Station.OUR_MAC, from(), EthernetHeader.IPV4, Frames.ipv4(header, new byte[40]));
    }

    private byte[] dhcp() {
        DhcpOptions options =
                new DhcpOptions().put(DhcpOption.MESSAGE_TYPE, new byte[] {(byte) (1 + random.nextInt(8))});
        if (random.nextBoolean()) {
            options.put(DhcpOption.REQUESTED_ADDRESS, address());
        }
        if (random.nextInt(3) == 0) {
            options.put(DhcpOption.SERVER_IDENTIFIER, Station.US);
        }
        Ipv4Address client = random.nextBoolean() ? Ipv4Address.UNSPECIFIED : address();
        DhcpMessage message = new DhcpMessage(
                1,
                random.nextInt(),
                random.nextInt(0x10000),
                random.nextInt(2) * DhcpMessage.BROADCAST,
                client,
                Ipv4Address.UNSPECIFIED,
                Ipv4Address.UNSPECIFIED,
                from(),
                options);
        byte[] datagram = Frames.udp(client, 68, Ipv4Address.BROADCAST, 67, Frames.dhcp(message));
        return ip(Frames.UDP, client, Ipv4Address.BROADCAST, datagram);
    }
}
