// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.PEER_MAC;
import static picorn.netstack.testing.Station.US;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.MacAddress;
import picorn.netstack.context.OutOfMemoryBudget;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.ip.Ipv4Header;
import picorn.netstack.ip.SendResult;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;

class UdpTest {
    private final Station station = new Station().knowingItsNeighbour();
    private final Udp udp = station.stack().udp();
    private final UdpDatagram datagram = new UdpDatagram(new byte[2000]);

    private byte[] data() {
        return Arrays.copyOf(datagram.buffer(), datagram.length());
    }

    @Test
    void datagramIsReceivedWithItsSender() {
        UdpSocket socket = udp.bind(4000, 1000);
        station.giveUdp(5000, 4000, new byte[] {1, 2, 3});
        assertThat(socket.receive(datagram)).isTrue();
        assertThat(data()).containsExactly(1, 2, 3);
        assertThat(datagram.peer()).isEqualTo(PEER);
        assertThat(datagram.port()).isEqualTo(5000);
        assertThat(datagram.isTruncated()).isFalse();
        assertThat(socket.receive(datagram)).isFalse();
    }

    @Test
    void receivedDatagramGoesBackToItsSender() {
        UdpSocket socket = udp.bind(4000, 1000);
        station.giveUdp(5000, 4000, new byte[] {1, 2, 3});
        socket.receive(datagram);
        assertThat(socket.send(datagram)).isEqualTo(SendResult.SENT);
        assertThat(station.payload(0)).isEqualTo(Frames.udp(US, 4000, PEER, 5000, new byte[] {1, 2, 3}));
    }

    @Test
    void answerToABroadcastComesFromOurAddress() throws Malformed {
        UdpSocket socket = udp.bind(4000, 1000);
        Ipv4Address all = Ipv4Address.BROADCAST;
        byte[] packet = Frames.ipv4(PEER, all, Frames.UDP, Frames.udp(PEER, 5000, all, 4000, new byte[1]));
        station.give(Frames.ethernet(MacAddress.BROADCAST, PEER_MAC, EthernetHeader.IPV4, packet));
        socket.receive(datagram);
        socket.send(datagram);
        assertThat(Ipv4Header.parse(Octets.over(station.packet(0))).source()).isEqualTo(US);
    }

    @Test
    void datagramWithoutChecksumIsTaken() {
        UdpSocket socket = udp.bind(4000, 1000);
        byte[] octets = Frames.udp(PEER, 5000, US, 4000, new byte[] {9});
        octets[6] = octets[7] = 0;
        station.giveIpv4(Frames.ipv4(PEER, US, Frames.UDP, octets));
        assertThat(socket.receive(datagram)).isTrue();
    }

    @Test
    void datagramWithWrongChecksumIsDroppedAndCounted() {
        UdpSocket socket = udp.bind(4000, 1000);
        byte[] octets = Frames.udp(PEER, 5000, US, 4000, new byte[] {9});
        octets[8] = 8;
        station.giveIpv4(Frames.ipv4(PEER, US, Frames.UDP, octets));
        assertThat(socket.receive(datagram)).isFalse();
        assertThat(station.dropped(UdpDrop.BAD_CHECKSUM)).isEqualTo(1);
    }

    @Test
    void octetsBeyondTheLengthAreNotData() {
        UdpSocket socket = udp.bind(4000, 1000);
        byte[] octets = Arrays.copyOf(Frames.udp(PEER, 5000, US, 4000, new byte[] {9}), 20);
        octets[19] = 1;
        station.giveIpv4(Frames.ipv4(PEER, US, Frames.UDP, octets));
        socket.receive(datagram);
        assertThat(data()).containsExactly(9);
    }

    @Test
    void datagramToPortZeroIsDropped() {
        station.giveUdp(5000, 0, new byte[1]);
        assertThat(station.dropped(UdpDrop.BAD_PORT)).isEqualTo(1);
        assertThat(station.sent().frames()).isEmpty();
    }

    @Test
    void fullQueueDropsTheNewcomerAndRecovers() {
        UdpSocket socket = udp.bind(4000, 3 * (36 + 100));
        for (int i = 0; i < 5; i++) {
            station.giveUdp(5000 + i, 4000, new byte[100]);
        }
        assertThat(socket.dropped()).isEqualTo(2);
        assertThat(station.dropped(UdpDrop.QUEUE_FULL)).isEqualTo(2);
        socket.receive(datagram);
        assertThat(datagram.port()).isEqualTo(5000);
        station.giveUdp(5009, 4000, new byte[100]);
        List<Integer> ports = new ArrayList<>();
        while (socket.receive(datagram)) {
            ports.add(datagram.port());
        }
        assertThat(ports).containsExactly(5001, 5002, 5009);
    }

    @Test
    void queueKeepsContentsOverManyTurnsOfItsRing() {
        long seed = 768;
        SplittableRandom random = new SplittableRandom(seed);
        UdpSocket socket = udp.bind(4000, 997);
        List<byte[]> expected = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            byte[] data = new byte[random.nextInt(300)];
            random.nextBytes(data);
            long before = socket.dropped();
            station.giveUdp(5000, 4000, data);
            if (socket.dropped() == before) {
                expected.add(data);
            }
            while (!expected.isEmpty() && random.nextInt(3) > 0) {
                assertThat(socket.receive(datagram)).isTrue();
                assertThat(data()).as("seed %d, round %d", seed, i).isEqualTo(expected.remove(0));
            }
        }
        assertThat(socket.dropped()).isPositive();
    }

    @Test
    void dataThatDoesNotFitTheBufferIsCutOff() {
        UdpSocket socket = udp.bind(4000, 1000);
        station.giveUdp(5000, 4000, new byte[] {1, 2, 3});
        station.giveUdp(5000, 4000, new byte[] {4});
        UdpDatagram small = new UdpDatagram(new byte[2]);
        socket.receive(small);
        assertThat(small.isTruncated()).isTrue();
        assertThat(small.buffer()).containsExactly(1, 2);
        socket.receive(small);
        assertThat(small.isTruncated()).isFalse();
        assertThat(small.buffer()).startsWith(4);
        assertThat(small.length()).isEqualTo(1);
    }

    @Test
    void callbackTellsOfEachDatagram() {
        UdpSocket socket = udp.bind(4000, 1000);
        List<String> told = new ArrayList<>();
        socket.onReadable(() -> told.add("readable"));
        station.giveUdp(5000, 4000, new byte[1]);
        station.giveUdp(5000, 4000, new byte[1]);
        station.giveUdp(5000, 4001, new byte[1]);
        assertThat(told).hasSize(2);
    }

    @Test
    void socketMayBeClosedFromItsOwnCallback() {
        UdpSocket socket = udp.bind(4000, 1000);
        socket.onReadable(socket::close);
        station.giveUdp(5000, 4000, new byte[1]);
        station.giveUdp(5000, 4000, new byte[1]);
        assertThat(station.dropped(UdpDrop.PORT_CLOSED)).isEqualTo(1);
    }

    @Test
    void largestDatagramFillsAFrameAndOneMoreOctetIsTooLarge() {
        UdpSocket socket = udp.bind(4000, 1000);
        assertThat(socket.send(datagram.to(PEER, 5000).length(1472))).isEqualTo(SendResult.SENT);
        assertThat(station.sent().last().length()).isEqualTo(1514);
        assertThat(socket.send(datagram.length(1473))).isEqualTo(SendResult.TOO_LARGE);
    }

    @Test
    void portCanBeBoundOnceAndAgainAfterItIsClosed() {
        UdpSocket socket = udp.bind(4000, 1000);
        assertThatThrownBy(() -> udp.bind(4000, 1000))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("4000");
        socket.close();
        assertThatThrownBy(() -> socket.send(datagram.to(PEER, 1).length(0))).isInstanceOf(IllegalStateException.class);
        udp.bind(4000, 1000);
    }

    @Test
    void portOutOfRangeIsRefused() {
        assertThatThrownBy(() -> udp.bind(0, 1000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> udp.bind(4000, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> udp.bind(65536, 1000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> datagram.to(PEER, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ephemeralPortsDifferAndFollowTheSeed() {
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            ports.add(udp.bind(100).port());
        }
        assertThat(ports).hasSize(100).allMatch(port -> port >= 49152);
        Udp same = new Station().stack().udp();
        assertThat(ports).contains(same.bind(100).port());
    }

    @Test
    void manySocketsAreFoundAfterOthersWereClosed() {
        List<UdpSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sockets.add(udp.bind(100));
        }
        for (int i = 0; i < 300; i += 2) {
            sockets.get(i).close();
        }
        for (int i = 0; i < 300; i++) {
            station.giveUdp(5000, sockets.get(i).port(), new byte[1]);
            assertThat(sockets.get(i).receive(datagram)).as("socket %d", i).isEqualTo(i % 2 == 1);
        }
    }

    @Test
    void socketIsRefusedWhenTheBudgetHasNoRoomAndMemoryComesBackOnClose() {
        long before = station.stack().budget().used();
        assertThatThrownBy(() -> udp.bind(4000, 1_000_000))
                .isInstanceOf(OutOfMemoryBudget.class)
                .hasMessageContaining("1000256");
        UdpSocket socket = udp.bind(4000, 100_000);
        assertThat(station.stack().budget().used()).isEqualTo(before + 100_256);
        socket.close();
        socket.close();
        assertThat(station.stack().budget().used()).isEqualTo(before);
    }
}
