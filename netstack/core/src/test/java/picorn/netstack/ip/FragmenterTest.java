// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Station.OUR_MAC;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.SECOND;
import static picorn.netstack.testing.Station.US;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.icmp.PingSocket;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

class FragmenterTest {
    private static final int MEMORY = 1 << 18;

    private static Station station(int mtu) {
        EthernetConfig config = new EthernetConfig("eth0", OUR_MAC, new Ipv4Prefix(US, 24)).mtu(mtu);
        return new Station(MEMORY, config)
                .with(Fragmenter::join, Reassembler::join)
                .knowingItsNeighbour();
    }

    private static byte[] random(int length) {
        byte[] data = new byte[length];
        new SplittableRandom(length).nextBytes(data);
        return data;
    }

    /** What the fragments carry, put together as they are, after they have been looked at. */
    private static byte[] joined(Station station, int mtu) throws Malformed {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int count = station.sent().frames().size();
        int identification = Ipv4Header.parse(Octets.over(station.packet(0))).identification();
        for (int i = 0; i < count; i++) {
            Ipv4Header header = Ipv4Header.parse(Octets.over(station.packet(i)));
            assertThat(header.totalLength()).isLessThanOrEqualTo(mtu);
            assertThat(header.identification()).isEqualTo(identification);
            assertThat((header.fragment() & 0x1FFF) * 8).isEqualTo(all.size());
            assertThat(header.fragment() >>> 13).isEqualTo(i < count - 1 ? 1 : 0);
            all.writeBytes(station.payload(i));
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"1500, 1473", "1500, 5000", "1500, 65507", "576, 1400", "68, 300", "9000, 20000"})
    void datagramBeyondTheMtuGoesInPieces(int mtu, int length) throws Malformed {
        Station station = station(mtu);
        byte[] data = random(length);
        UdpSocket socket = station.stack().udp().bind(4000, 1000);
        assertThat(socket.send(new UdpDatagram(data).to(PEER, 9).length(length)))
                .isEqualTo(SendResult.SENT);
        assertThat(joined(station, mtu)).isEqualTo(Frames.udp(US, 4000, PEER, 9, data));
        int step = mtu - 20 & ~7;
        assertThat(station.sent().frames()).hasSize((length + 8 + step - 1) / step);
    }

    @Test
    void datagramOfTheMtuGoesInOne() {
        Station station = station(1500);
        UdpSocket socket = station.stack().udp().bind(4000, 1000);
        socket.send(new UdpDatagram(random(1472)).to(PEER, 9).length(1472));
        assertThat(station.sent().frames()).hasSize(1);
    }

    @Test
    void nothingIsLargerThanIpCanCarry() {
        UdpSocket socket = station(1500).stack().udp().bind(4000, 1000);
        assertThat(socket.send(new UdpDatagram(new byte[65508]).to(PEER, 9).length(65508)))
                .isEqualTo(SendResult.TOO_LARGE);
    }

    @Test
    void whatMustNotBeCutUpIsTooLarge() {
        UdpSocket socket = station(1500).stack().udp().bind(4000, 1000);
        socket.options(SendOptions.DEFAULT.dontFragment());
        assertThat(socket.send(new UdpDatagram(new byte[1473]).to(PEER, 9).length(1473)))
                .isEqualTo(SendResult.TOO_LARGE);
    }

    @Test
    void stackThatCannotCutUpSaysTooLarge() {
        Station station = new Station().knowingItsNeighbour();
        UdpSocket socket = station.stack().udp().bind(4000, 1000);
        assertThat(socket.send(new UdpDatagram(new byte[1473]).to(PEER, 9).length(1473)))
                .isEqualTo(SendResult.TOO_LARGE);
        assertThat(station.stack().icmp().ping().send(PEER, 1473, SECOND)).isEqualTo(SendResult.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1473, 8000, 60000, 65507})
    void largeEchoIsAnsweredInPieces(int length) throws Malformed {
        Station station = station(1500);
        byte[] data = random(length);
        byte[] echo = Frames.ipv4(PEER, US, Frames.ICMP, Frames.icmp(8, 7, 1, data));
        for (int at = 0; at < 8 + length; at += 1480) {
            station.giveIpv4(Frames.fragment(echo, at, Math.min(1480, 8 + length - at), 55));
        }
        assertThat(joined(station, 1500)).isEqualTo(Frames.icmp(0, 7, 1, data));
    }

    @Test
    void largePingTellsItsAnswer() {
        Station station = station(1500);
        PingSocket ping = station.stack().icmp().ping();
        assertThat(ping.send(PEER, 60000, SECOND)).isEqualTo(SendResult.SENT);
        byte[] data = new byte[60000];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (1 + i);
        }
        byte[] sent = station.payload(0);
        byte[] answer =
                Frames.icmp(0, (sent[4] & 0xFF) << 8 | sent[5] & 0xFF, (sent[6] & 0xFF) << 8 | sent[7] & 0xFF, data);
        byte[] packet = Frames.ipv4(PEER, US, Frames.ICMP, answer);
        for (int at = 59200; at >= 0; at -= 1480) {
            station.giveIpv4(Frames.fragment(packet, at, Math.min(1480, 60008 - at), 9));
        }
        assertThat(ping.result()).hasValueSatisfying(result -> assertThat(result.outcome())
                .isEqualTo(picorn.netstack.icmp.PingResult.Outcome.ANSWERED));
        assertThat(station.stack().budget().peak()).isLessThanOrEqualTo(MEMORY);
    }

    @Test
    void memoryIsGivenBack() {
        Station station = station(1500);
        UdpSocket socket = station.stack().udp().bind(4000, 1000);
        UdpDatagram datagram = new UdpDatagram(new byte[60000]).to(PEER, 9).length(60000);
        socket.send(datagram);
        long used = station.stack().budget().used();
        for (int i = 0; i < 100; i++) {
            socket.send(datagram);
        }
        assertThat(station.stack().budget().used()).isEqualTo(used);
    }

    @Test
    void optionsThatAreNotCopiedStandInTheFirstPieceOnly() throws Malformed {
        Station station = station(576);
        UdpSocket socket = station.stack().udp().bind(4000, 1000);
        // Record route (not copied) and router alert (copied).
        byte[] options = Frames.bytes("07 07 04 00000000 01 94040000");
        socket.options(SendOptions.DEFAULT.headerOptions(Octets.over(options)));
        socket.send(new UdpDatagram(new byte[1000]).to(PEER, 9).length(1000));
        assertThat(Arrays.copyOfRange(station.packet(0), 20, 32)).isEqualTo(options);
        assertThat(Arrays.copyOfRange(station.packet(1), 20, 32))
                .isEqualTo(Frames.bytes("01 01 01 01010101 01 94040000"));
        Ipv4Header.parse(Octets.over(station.packet(1)));
    }

    @Test
    void dryMemoryIsCountedAndTheRestNotSent() {
        EthernetConfig config = new EthernetConfig("eth0", OUR_MAC, new Ipv4Prefix(US, 24));
        Station station = new Station(24 * 1024, config).with(Fragmenter::join).knowingItsNeighbour();
        UdpSocket socket = station.stack().udp().bind(4000, 1000);
        assertThat(socket.send(new UdpDatagram(new byte[60000]).to(PEER, 9).length(60000)))
                .isEqualTo(SendResult.OUT_OF_MEMORY);
        assertThat(station.dropped(Drop.MEMORY_DRY)).isEqualTo(1);
    }
}
