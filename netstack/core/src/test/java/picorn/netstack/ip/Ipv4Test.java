// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.netstack.testing.Station.OUR_MAC;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.PEER_MAC;
import static picorn.netstack.testing.Station.US;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.converter.ConvertWith;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.arp.ArpPacket;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.InternetChecksum;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;
import picorn.netstack.testing.Drops;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

class Ipv4Test {
    private final Station station = new Station().knowingItsNeighbour();
    private final byte[] echo = Frames.icmp(8, 1, 1, new byte[10]);

    @ParameterizedTest
    @CsvSource({
        "10.0.2.15, 10.0.2.3, ipv4.not-for-us",
        "10.0.2.15, 8.8.8.8, ipv4.not-for-us",
        "10.0.2.2, 10.0.2.2, ipv4.bad-source",
        "10.0.2.255, 10.0.2.2, ipv4.bad-source",
        "127.0.0.1, 10.0.2.2, ipv4.bad-source",
        "224.0.0.1, 10.0.2.2, ipv4.bad-source",
        "255.255.255.255, 10.0.2.2, ipv4.bad-source",
        "0.0.0.1, 10.0.2.2, ipv4.bad-source"
    })
    void packetWithWrongAddressesIsDroppedAndCounted(String from, String to, @ConvertWith(Drops.class) Drop reason) {
        station.giveIpv4(Frames.ipv4(Ipv4Address.parse(from), Ipv4Address.parse(to), Frames.ICMP, echo));
        assertThat(station.dropped(reason)).isEqualTo(1);
        assertThat(station.sent().frames()).isEmpty();
    }

    @Test
    void wrongHeaderChecksumIsDroppedAndCounted() {
        byte[] packet = Frames.ipv4(PEER, US, Frames.ICMP, echo);
        packet[8]--;
        station.giveIpv4(packet);
        assertThat(station.dropped(Ipv4Drop.BAD_CHECKSUM)).isEqualTo(1);
        assertThat(station.sent().frames()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x2000, 0x2001, 0x0001, 0x1FFF})
    void fragmentIsDroppedAndCounted(int fragment) {
        station.giveIpv4(Frames.ipv4(new Ipv4Header(20, 0, 38, 7, fragment, 64, Frames.ICMP, PEER, US), echo));
        assertThat(station.dropped(Ipv4Drop.FRAGMENT)).isEqualTo(1);
        assertThat(station.sent().frames()).isEmpty();
    }

    @Test
    void packetThatMustNotBeFragmentedIsTaken() {
        station.giveIpv4(
                Frames.ipv4(new Ipv4Header(20, 0, 38, 7, Ipv4Header.DONT_FRAGMENT, 64, Frames.ICMP, PEER, US), echo));
        assertThat(station.sent().frames()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255})
    void packetForUsIsTakenWhateverItsTimeToLive(int timeToLive) {
        // RFC 1122, section 3.2.1.7: a host must not discard a datagram for a TTL below 2.
        station.giveIpv4(Frames.ipv4(new Ipv4Header(20, 0, 38, 7, 0, timeToLive, Frames.ICMP, PEER, US), echo));
        assertThat(station.sent().frames()).hasSize(1);
    }

    @Test
    void unicastPacketInABroadcastFrameIsDropped() {
        station.give(Frames.ethernet(
                MacAddress.BROADCAST, PEER_MAC, EthernetHeader.IPV4, Frames.ipv4(PEER, US, Frames.ICMP, echo)));
        assertThat(station.dropped(Ipv4Drop.LINK_BROADCAST)).isEqualTo(1);
        assertThat(station.sent().frames()).isEmpty();
    }

    @Test
    void packetWithOptionsIsTaken() {
        byte[] packet = new byte[28 + 10];
        byte[] plain = Frames.ipv4(new Ipv4Header(20, 0, 42, 7, 0, 64, Frames.ICMP, PEER, US), new byte[0]);
        System.arraycopy(plain, 0, packet, 0, 20);
        packet[0] = 0x46;
        packet[20] = 1;
        packet[21] = 1;
        Octets header = new Octets().aim(packet, 0, 24);
        U16.at(2).set(header, 24 + 14);
        U16.at(10).set(header, 0);
        U16.at(10).set(header, InternetChecksum.of(InternetChecksum.sum(header)));
        System.arraycopy(Frames.icmp(8, 1, 1, new byte[6]), 0, packet, 24, 14);
        station.giveIpv4(packet);
        assertThat(station.sent().frames()).hasSize(1);
    }

    @Test
    void linkPaddingIsNotPartOfThePacket() {
        station.giveIcmp(Frames.icmp(8, 1, 1, new byte[3]));
        assertThat(station.packet(0)).hasSize(20 + 8 + 3);
    }

    @Test
    void unknownProtocolIsAnsweredUnreachable() {
        byte[] packet = Frames.ipv4(PEER, US, 132, new byte[12]);
        station.giveIpv4(packet);
        assertThat(station.dropped(Ipv4Drop.PROTOCOL_UNKNOWN)).isEqualTo(1);
        byte[] message = station.payload(0);
        assertThat(message).startsWith(3, 2).endsWith(packet);
        assertThat(message).hasSize(8 + packet.length);
    }

    @Test
    void packetsCarryOurAddressTimeToLiveAndNewIdentifications() throws Malformed {
        station.giveIcmp(echo);
        station.giveIcmp(echo);
        Ipv4Header first = Ipv4Header.parse(Octets.over(station.packet(0)));
        Ipv4Header second = Ipv4Header.parse(Octets.over(station.packet(1)));
        assertThat(first.source()).isEqualTo(US);
        assertThat(first.destination()).isEqualTo(PEER);
        assertThat(first.timeToLive()).isEqualTo(64);
        assertThat(first.totalLength()).isEqualTo(38);
        assertThat(first.identification()).isNotEqualTo(second.identification());
    }

    private SendResult send(String to) {
        try (UdpSocket socket = station.stack().udp().bind(100)) {
            socket.allowBroadcast();
            return socket.send(
                    new UdpDatagram(new byte[1]).to(Ipv4Address.parse(to), 9).length(1));
        }
    }

    @Test
    void packetForAnotherNetworkHasNoRouteUntilThereIsARouter() throws Malformed {
        assertThat(send("192.0.2.1")).isEqualTo(SendResult.NO_ROUTE);
        assertThat(station.stack().counters().counters()).containsEntry("ipv4.unroutable", 1L);
        station.stack().route(Ipv4Prefix.ALL, PEER);
        assertThat(send("192.0.2.1")).isEqualTo(SendResult.SENT);
        assertThat(EthernetHeader.parse(station.sent().last()).destination()).isEqualTo(PEER_MAC);
        assertThat(Ipv4Header.parse(Octets.over(station.packet(0))).destination())
                .hasToString("192.0.2.1");
    }

    @Test
    void routeWithTheLongestPrefixIsTaken() throws Malformed {
        Ipv4Address near = Ipv4Address.parse("10.0.2.16");
        MacAddress nearMac = MacAddress.parse("02:00:00:00:00:16");
        station.giveArp(ArpPacket.REQUEST, nearMac, near, Station.NOBODY, US);
        station.stack().route(Ipv4Prefix.ALL, PEER);
        station.stack().route(Ipv4Prefix.parse("192.0.2.0/24"), near);
        send("192.0.2.1");
        assertThat(EthernetHeader.parse(station.sent().last()).destination()).isEqualTo(nearMac);
        send("192.0.3.1");
        assertThat(EthernetHeader.parse(station.sent().last()).destination()).isEqualTo(PEER_MAC);
    }

    @Test
    void routerMustBeANeighbour() {
        assertThatThrownBy(() -> station.stack().route(Ipv4Prefix.ALL, Ipv4Address.parse("192.0.2.1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("192.0.2.1");
    }

    @Test
    void nothingIsSentToOurselvesOrToNowhere() {
        assertThat(send("10.0.2.2")).isEqualTo(SendResult.NO_ROUTE);
        assertThat(send("0.0.0.0")).isEqualTo(SendResult.NO_ROUTE);
    }

    @ParameterizedTest
    @CsvSource({
        "255.255.255.255, ff:ff:ff:ff:ff:ff",
        "10.0.2.255, ff:ff:ff:ff:ff:ff",
    })
    void broadcastGoesToEveryStation(String to, String mac) throws Malformed {
        assertThat(send(to)).isEqualTo(SendResult.SENT);
        EthernetHeader header = EthernetHeader.parse(station.sent().last());
        assertThat(header).isEqualTo(new EthernetHeader(MacAddress.parse(mac), OUR_MAC, EthernetHeader.IPV4));
    }
}
