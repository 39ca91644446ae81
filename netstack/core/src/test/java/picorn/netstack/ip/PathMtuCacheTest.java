// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.SECOND;
import static picorn.netstack.testing.Station.US;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.netstack.address.AddressPair;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

class PathMtuCacheTest {
    private static final Ipv4Address FAR = Ipv4Address.parse("192.0.2.1");
    private final Station station = new Station()
            .with(PathMtuCache::join, Fragmenter::join, Redirects::join)
            .knowingItsNeighbour();
    private final UdpSocket socket = station.stack().udp().bind(4000, 1000);

    PathMtuCacheTest() {
        station.stack().route(Ipv4Prefix.ALL, PEER);
        socket.options(SendOptions.DEFAULT.dontFragment());
    }

    private byte[] send(Ipv4Address to, int length) {
        station.sent().clear();
        socket.send(new UdpDatagram(new byte[length]).to(to, 9).length(length));
        return station.packet(0);
    }

    private void tellTooBig(byte[] packet, int mtu) {
        byte[] message = Frames.icmpError(3, 4, mtu, Arrays.copyOf(packet, 28));
        station.giveIpv4(Frames.ipv4(PEER, US, Frames.ICMP, message));
    }

    private int pathMtu(Ipv4Address to) {
        AddressPair addresses = new AddressPair().setIpv4(0, to.bits());
        Ipv4 ipv4 = station.stack().ipv4();
        return ipv4.pathMtu(ipv4.route(addresses), addresses);
    }

    @Test
    void smallestLinkOfAPathIsLearnedForItsDestinationOnly() {
        assertThat(pathMtu(FAR)).isEqualTo(1500);
        tellTooBig(send(FAR, 1472), 1400);
        assertThat(pathMtu(FAR)).isEqualTo(1400);
        assertThat(pathMtu(Ipv4Address.parse("192.0.2.2"))).isEqualTo(1500);
    }

    @Test
    void lessIsLearnedAndMoreIsTriedAfterTenMinutes() {
        tellTooBig(send(FAR, 1472), 1400);
        tellTooBig(send(FAR, 1300), 1006);
        assertThat(pathMtu(FAR)).isEqualTo(1006);
        station.advanceTo(600 * SECOND - 1);
        assertThat(pathMtu(FAR)).isEqualTo(1006);
        station.advanceTo(600 * SECOND);
        assertThat(pathMtu(FAR)).isEqualTo(1500);
    }

    @ParameterizedTest
    @CsvSource({"1472, 1492", "1464, 1006", "978, 508", "480, 296", "268, 68"})
    void olderRouterThatNamesNoMtuMeansTheNextLowerPlateau(int length, int mtu) {
        // RFC 1191, section 7.1; the packet is 28 octets longer.
        tellTooBig(send(FAR, length), 0);
        assertThat(pathMtu(FAR)).isEqualTo(mtu);
    }

    @Test
    void forgedMessageTeachesNothing() {
        byte[] forged = send(FAR, 1472);
        forged[21]++;
        tellTooBig(forged, 1400);
        assertThat(station.dropped(ErrorDrop.NOT_OURS)).isEqualTo(1);
        assertThat(pathMtu(FAR)).isEqualTo(1500);
    }

    @Test
    void datagramsThatMayBeCutUpAreCutToThePath() {
        tellTooBig(send(FAR, 1472), 1400);
        socket.options(SendOptions.DEFAULT);
        send(FAR, 1472);
        assertThat(station.sent().frames()).hasSize(2);
        assertThat(station.packet(0)).hasSize(1396);
    }

    @Test
    void cacheOfThirtyTwoPathsForgetsTheFirst() {
        for (int i = 0; i < 33; i++) {
            station.advanceTo(i);
            tellTooBig(send(new Ipv4Address(FAR.bits() + i), 1472), 1400);
        }
        assertThat(pathMtu(FAR)).isEqualTo(1500);
        assertThat(pathMtu(new Ipv4Address(FAR.bits() + 1))).isEqualTo(1400);
        assertThat(pathMtu(new Ipv4Address(FAR.bits() + 32))).isEqualTo(1400);
    }

    private void redirect(byte[] packet, Ipv4Address from, String to) {
        int gateway = Ipv4Address.parse(to).bits();
        byte[] message = Frames.icmpError(5, 1, gateway, Arrays.copyOf(packet, 28));
        station.giveIpv4(Frames.ipv4(from, US, Frames.ICMP, message));
    }

    private Ipv4Address gateway(Ipv4Address to) {
        return station.stack()
                .ipv4()
                .route(new AddressPair().setIpv4(0, to.bits()))
                .gateway();
    }

    @Test
    void redirectOfTheRouterThatWasUsedIsFollowedForTenMinutes() {
        redirect(send(FAR, 10), PEER, "10.0.2.77");
        assertThat(gateway(FAR)).hasToString("10.0.2.77");
        assertThat(gateway(Ipv4Address.parse("192.0.2.2"))).isEqualTo(PEER);
        assertThat(station.stack().deadline()).isEqualTo(600 * SECOND);
        station.advanceTo(600 * SECOND);
        assertThat(gateway(FAR)).isEqualTo(PEER);
    }

    @Test
    void redirectOfAnotherOrToNoNeighbourIsNotFollowed() {
        byte[] packet = send(FAR, 10);
        redirect(packet, Ipv4Address.parse("10.0.2.66"), "10.0.2.77");
        redirect(packet, PEER, "192.0.2.77");
        redirect(packet, PEER, "10.0.2.2");
        redirect(packet, PEER, "10.0.2.255");
        assertThat(gateway(FAR)).isEqualTo(PEER);
        assertThat(station.stack().ipv4().routes()).hasSize(2);
    }

    @Test
    void redirectsTakeBoundedRoom() {
        for (int i = 0; i < 100; i++) {
            redirect(send(new Ipv4Address(FAR.bits() + i), 10), PEER, "10.0.2.77");
        }
        assertThat(station.stack().ipv4().routes()).hasSize(2 + 32);
    }
}
