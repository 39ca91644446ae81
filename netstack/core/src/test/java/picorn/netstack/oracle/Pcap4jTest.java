// SPDX-License-Identifier: MIT
package picorn.netstack.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.US;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.pcap4j.packet.ArpPacket.ArpHeader;
import org.pcap4j.packet.EthernetPacket;
import org.pcap4j.packet.IcmpV4CommonPacket;
import org.pcap4j.packet.IcmpV4EchoPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV4Packet;
import org.pcap4j.packet.IpV4Rfc791Tos;
import org.pcap4j.packet.UdpPacket;
import org.pcap4j.packet.UnknownPacket;
import org.pcap4j.packet.namednumber.ArpHardwareType;
import org.pcap4j.packet.namednumber.ArpOperation;
import org.pcap4j.packet.namednumber.EtherType;
import org.pcap4j.packet.namednumber.IcmpV4Code;
import org.pcap4j.packet.namednumber.IcmpV4Type;
import org.pcap4j.packet.namednumber.IpNumber;
import org.pcap4j.packet.namednumber.IpVersion;
import org.pcap4j.packet.namednumber.UdpPort;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.MacAddress;
import picorn.netstack.arp.ArpPacket;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.icmp.IcmpHeader;
import picorn.netstack.icmp.PingSocket;
import picorn.netstack.ip.Ipv4Header;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpHeader;
import picorn.netstack.udp.UdpSocket;

/** pcap4j reads the frames that we write, checksums included, and we read those that it writes. */
class Pcap4jTest {
    private static final long SEED = 791;
    private static final int FRAMES = 3_000;

    private final SplittableRandom random = new SplittableRandom(SEED);

    private MacAddress mac() {
        return new MacAddress(random.nextLong() >>> 16);
    }

    private Ipv4Address address() {
        return new Ipv4Address(random.nextInt());
    }

    private int u16() {
        return random.nextInt(0x10000);
    }

    private byte[] data() {
        byte[] data = new byte[random.nextInt(1400)];
        random.nextBytes(data);
        return data;
    }

    private static Inet4Address inet(Ipv4Address address) {
        try {
            return (Inet4Address) InetAddress.getByName(address.toString());
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static org.pcap4j.util.MacAddress mac(MacAddress address) {
        return org.pcap4j.util.MacAddress.getByName(address.toString());
    }

    private static Ipv4Address ours(Inet4Address address) {
        return Ipv4Address.parse(address.getHostAddress());
    }

    private static Octets part(byte[] frame, int from) {
        return new Octets().aim(frame, from, frame.length - from);
    }

    private interface Check {
        void run() throws Malformed, IllegalRawDataException;
    }

    private static void often(Check check) {
        for (int i = 0; i < FRAMES; i++) {
            try {
                check.run();
            } catch (AssertionError | Malformed | IllegalRawDataException e) {
                throw new AssertionError("seed " + SEED + ", frame " + i, e);
            }
        }
    }

    @Test
    void arpIsTheSameToBoth() {
        often(() -> {
            ArpPacket arp = new ArpPacket(1 + random.nextInt(2), mac(), address(), mac(), address());
            MacAddress to = mac();
            MacAddress from = mac();
            byte[] packet = new byte[ArpPacket.SIZE];
            arp.emit(Octets.over(packet));
            byte[] frame = Frames.ethernet(to, from, EthernetHeader.ARP, packet);
            EthernetPacket theirs = EthernetPacket.newPacket(frame, 0, frame.length);
            assertThat(theirs.getHeader().getDstAddr()).isEqualTo(mac(to));
            assertThat(theirs.getHeader().getSrcAddr()).isEqualTo(mac(from));
            ArpHeader header = theirs.get(org.pcap4j.packet.ArpPacket.class).getHeader();
            assertThat((int) header.getOperation().value()).isEqualTo(arp.operation());
            assertThat(header.getSrcHardwareAddr()).isEqualTo(mac(arp.senderHardware()));
            assertThat(header.getSrcProtocolAddr()).isEqualTo(inet(arp.senderProtocol()));
            assertThat(header.getDstHardwareAddr()).isEqualTo(mac(arp.targetHardware()));
            assertThat(header.getDstProtocolAddr()).isEqualTo(inet(arp.targetProtocol()));
            assertThat(ArpPacket.parse(Octets.over(theirs(arp)))).isEqualTo(arp);
        });
    }

    private static byte[] theirs(ArpPacket arp) {
        return new org.pcap4j.packet.ArpPacket.Builder()
                .hardwareType(ArpHardwareType.ETHERNET)
                .protocolType(EtherType.IPV4)
                .hardwareAddrLength((byte) 6)
                .protocolAddrLength((byte) 4)
                .operation(ArpOperation.getInstance((short) arp.operation()))
                .srcHardwareAddr(mac(arp.senderHardware()))
                .srcProtocolAddr(inet(arp.senderProtocol()))
                .dstHardwareAddr(mac(arp.targetHardware()))
                .dstProtocolAddr(inet(arp.targetProtocol()))
                .build()
                .getRawData();
    }

    @Test
    void datagramsWeWriteAreRightToThem() {
        often(() -> {
            Ipv4Address from = address();
            Ipv4Address to = address();
            int fromPort = u16();
            int toPort = u16();
            byte[] data = data();
            byte[] datagram = Frames.udp(from, fromPort, to, toPort, data);
            Ipv4Header header = new Ipv4Header(
                    20,
                    random.nextInt(256),
                    20 + datagram.length,
                    u16(),
                    0x4000,
                    1 + random.nextInt(255),
                    17,
                    from,
                    to);
            IpV4Packet theirs = IpV4Packet.newPacket(Frames.ipv4(header, datagram), 0, 20 + datagram.length);
            assertThat(theirs.getHeader().hasValidChecksum(false)).isTrue();
            assertThat(theirs.getHeader().getTotalLengthAsInt()).isEqualTo(header.totalLength());
            assertThat(theirs.getHeader().getIdentificationAsInt()).isEqualTo(header.identification());
            assertThat(theirs.getHeader().getTtlAsInt()).isEqualTo(header.timeToLive());
            assertThat(theirs.getHeader().getTos().value()).isEqualTo((byte) header.typeOfService());
            assertThat(theirs.getHeader().getDontFragmentFlag()).isTrue();
            assertThat(theirs.getHeader().getSrcAddr()).isEqualTo(inet(from));
            assertThat(theirs.getHeader().getDstAddr()).isEqualTo(inet(to));
            UdpPacket udp = theirs.get(UdpPacket.class);
            assertThat(udp.hasValidChecksum(inet(from), inet(to), false)).isTrue();
            assertThat(udp.getHeader().getSrcPort().valueAsInt()).isEqualTo(fromPort);
            assertThat(udp.getHeader().getDstPort().valueAsInt()).isEqualTo(toPort);
            assertThat(udp.length()).isEqualTo(datagram.length);
        });
    }

    @Test
    void datagramsTheyWriteAreRightToUs() {
        often(() -> {
            Ipv4Address from = address();
            Ipv4Address to = address();
            byte[] data = data();
            int fromPort = u16();
            IpV4Packet theirs = new IpV4Packet.Builder()
                    .version(IpVersion.IPV4)
                    .tos(IpV4Rfc791Tos.newInstance((byte) 0))
                    .ttl((byte) 64)
                    .protocol(IpNumber.UDP)
                    .srcAddr(inet(from))
                    .dstAddr(inet(to))
                    .identification((short) 7)
                    .payloadBuilder(new UdpPacket.Builder()
                            .srcPort(UdpPort.getInstance((short) fromPort))
                            .dstPort(UdpPort.getInstance((short) 9))
                            .srcAddr(inet(from))
                            .dstAddr(inet(to))
                            .payloadBuilder(new UnknownPacket.Builder().rawData(data))
                            .correctChecksumAtBuild(true)
                            .correctLengthAtBuild(true))
                    .correctChecksumAtBuild(true)
                    .correctLengthAtBuild(true)
                    .build();
            byte[] packet = theirs.getRawData();
            Ipv4Header header = Ipv4Header.parse(Octets.over(packet));
            assertThat(header.source()).isEqualTo(ours(theirs.getHeader().getSrcAddr()));
            assertThat(header.destination()).isEqualTo(to);
            assertThat(header.timeToLive()).isEqualTo(64);
            UdpHeader udp = UdpHeader.parse(part(packet, Ipv4Header.SIZE));
            byte[] same = Frames.udp(from, fromPort, to, 9, data);
            assertThat(part(packet, Ipv4Header.SIZE).toArray()).isEqualTo(same);
            assertThat(udp.length()).isEqualTo(same.length);
        });
    }

    @Test
    void echoesAreTheSameToBoth() {
        often(() -> {
            int identifier = u16();
            int sequence = u16();
            byte[] data = data();
            byte[] ours = Frames.icmp(8, identifier, sequence, data);
            IcmpV4CommonPacket theirs = IcmpV4CommonPacket.newPacket(ours, 0, ours.length);
            assertThat(theirs.hasValidChecksum(false)).isTrue();
            assertThat(theirs.get(IcmpV4EchoPacket.class).getHeader().getIdentifierAsInt())
                    .isEqualTo(identifier);
            assertThat(theirs.get(IcmpV4EchoPacket.class).getHeader().getSequenceNumberAsInt())
                    .isEqualTo(sequence);
            byte[] written = new IcmpV4CommonPacket.Builder()
                    .type(IcmpV4Type.ECHO)
                    .code(IcmpV4Code.NO_CODE)
                    .payloadBuilder(new IcmpV4EchoPacket.Builder()
                            .identifier((short) identifier)
                            .sequenceNumber((short) sequence)
                            .payloadBuilder(new UnknownPacket.Builder().rawData(data)))
                    .correctChecksumAtBuild(true)
                    .build()
                    .getRawData();
            assertThat(IcmpHeader.parse(Octets.over(written))).isEqualTo(new IcmpHeader(8, 0, identifier, sequence));
            assertThat(written).isEqualTo(ours);
        });
    }

    @Test
    void framesOfAStackAreRightToThem() {
        Station station = new Station().knowingItsNeighbour();
        UdpSocket socket = station.stack().udp().bind(4000, 100);
        PingSocket ping = station.stack().icmp().ping();
        often(() -> {
            station.sent().clear();
            byte[] data = data();
            socket.send(
                    new UdpDatagram(data).to(PEER, 1 + random.nextInt(0xFFFF)).length(data.length));
            ping.send(PEER, data.length, 1);
            IpV4Packet datagram = IpV4Packet.newPacket(station.packet(0), 0, station.packet(0).length);
            assertThat(datagram.getHeader().hasValidChecksum(false)).isTrue();
            assertThat(datagram.get(UdpPacket.class).hasValidChecksum(inet(US), inet(PEER), false))
                    .isTrue();
            assertThat(datagram.get(UdpPacket.class).getHeader().getLengthAsInt())
                    .isEqualTo(8 + data.length);
            IpV4Packet echo = IpV4Packet.newPacket(station.packet(1), 0, station.packet(1).length);
            assertThat(echo.getHeader().hasValidChecksum(false)).isTrue();
            assertThat(echo.get(IcmpV4CommonPacket.class).hasValidChecksum(false))
                    .isTrue();
        });
    }
}
