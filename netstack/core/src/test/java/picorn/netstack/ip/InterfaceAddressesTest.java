// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Station.OUR_MAC;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.PEER_MAC;
import static picorn.netstack.testing.Station.US;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpDrop;
import picorn.netstack.udp.UdpSocket;

class InterfaceAddressesTest {
    private static final Ipv4Prefix SECOND = Ipv4Prefix.parse("192.0.2.1/24");
    private final Station bare = new Station(1 << 18, new EthernetConfig("eth0", OUR_MAC));
    private final UdpSocket client = bare.stack().udp().bind(68, 4096);
    private final UdpDatagram datagram = new UdpDatagram(new byte[300]);

    private SendResult broadcast() {
        return client.send(datagram.to(Ipv4Address.BROADCAST, 67).length(300));
    }

    @Test
    void interfaceWithoutAddressSendsFromNobodyToEverybody() {
        client.allowBroadcast();
        assertThat(broadcast()).isEqualTo(SendResult.NO_ROUTE);
        client.through(bare.link());
        assertThat(broadcast()).isEqualTo(SendResult.SENT);
        assertThat(bare.sent().frames().get(0)).startsWith(-1, -1, -1, -1, -1, -1);
        assertThat(Arrays.copyOfRange(bare.packet(0), 12, 20)).containsExactly(0, 0, 0, 0, -1, -1, -1, -1);
    }

    @Test
    void broadcastNeedsPermission() {
        client.through(bare.link());
        assertThat(broadcast()).isEqualTo(SendResult.BROADCAST_FORBIDDEN);
        assertThat(bare.sent().frames()).isEmpty();
    }

    @Test
    void interfaceWithoutAddressTakesTheOfferOfOneByUnicastToo() {
        // RFC 2131, section 4.1.
        bare.giveIpv4(Frames.ipv4(PEER, US, Frames.UDP, Frames.udp(PEER, 67, US, 68, new byte[10])));
        byte[] toAll = Frames.udp(PEER, 67, Ipv4Address.BROADCAST, 68, new byte[11]);
        bare.give(Frames.ethernet(
                MacAddress.BROADCAST,
                PEER_MAC,
                EthernetHeader.IPV4,
                Frames.ipv4(PEER, Ipv4Address.BROADCAST, Frames.UDP, toAll)));
        assertThat(client.receive(datagram)).isTrue();
        assertThat(datagram.length()).isEqualTo(10);
        assertThat(client.receive(datagram)).isTrue();
        assertThat(datagram.length()).isEqualTo(11);
        bare.giveIpv4(Frames.ipv4(PEER, US, Frames.UDP, Frames.udp(PEER, 67, US, 9999, new byte[10])));
        bare.giveIpv4(Frames.ipv4(PEER, US, Frames.ICMP, Frames.icmp(8, 1, 1, new byte[10])));
        assertThat(bare.sent().frames()).isEmpty();
        assertThat(bare.dropped(Ipv4Drop.NOT_FOR_US)).isEqualTo(1);
    }

    @Test
    void addressThatComesIsUsedAtOnceAndOneThatGoesTakesItsRoutesAlong() {
        bare.link().add(new Ipv4Prefix(US, 24));
        bare.stack().route(Ipv4Prefix.ALL, PEER);
        bare.knowingItsNeighbour();
        bare.giveIcmp(Frames.icmp(8, 1, 1, new byte[10]));
        assertThat(bare.sent().frames()).hasSize(1);
        bare.link().remove(new Ipv4Prefix(US, 24));
        assertThat(bare.stack().ipv4().routes()).isEmpty();
        bare.giveIcmp(Frames.icmp(8, 1, 1, new byte[10]));
        assertThat(bare.sent().frames()).hasSize(1);
    }

    @Test
    void eachNetworkIsSpokenToFromItsOwnAddress() {
        Station station = new Station().knowingItsNeighbour();
        station.link().add(SECOND);
        station.link().add(SECOND);
        assertThat(station.link().addresses().all()).hasSize(2);
        station.sent().clear();
        Ipv4Address neighbour = Ipv4Address.parse("192.0.2.9");
        station.stack().udp().bind(10).send(datagram.to(neighbour, 9).length(1));
        byte[] request = station.sent().frames().get(0);
        assertThat(Arrays.copyOfRange(request, 28, 32)).containsExactly(192, 0, 2, 1);
        station.giveArp(2, PEER_MAC, neighbour, OUR_MAC, SECOND.address());
        assertThat(Arrays.copyOfRange(station.packet(1), 12, 16)).containsExactly(192, 0, 2, 1);
    }

    @Test
    void oneOfTwoAddressesGoesAndTheOtherStays() {
        Station station = new Station();
        station.link().add(SECOND);
        station.link().remove(new Ipv4Prefix(US, 24));
        assertThat(station.link().ipv4()).isEqualTo(SECOND);
        assertThat(station.stack().ipv4().routes()).hasSize(1);
    }

    @Test
    void routesComeAndGo() {
        Station station = new Station();
        station.stack().route(Ipv4Prefix.parse("198.51.100.0/24"), PEER);
        station.stack().route(Ipv4Prefix.ALL, PEER);
        Ipv4 ipv4 = station.stack().ipv4();
        assertThat(ipv4.routes())
                .extracting(route -> route.destination().length())
                .containsExactly(24, 24, 0);
        Route first = ipv4.routes().get(1);
        assertThat(ipv4.remove(first)).isTrue();
        assertThat(ipv4.remove(first)).isFalse();
        assertThat(ipv4.routes()).hasSize(2);
    }

    @Test
    void connectedSocketHearsItsPeerOnly() {
        Station station = new Station().knowingItsNeighbour();
        UdpSocket socket = station.stack().udp().bind(4000, 1000);
        socket.connect(PEER, 5000);
        station.giveUdp(5001, 4000, new byte[1]);
        assertThat(socket.receive(datagram)).isFalse();
        assertThat(station.dropped(UdpDrop.NOT_WANTED)).isEqualTo(1);
        station.giveUdp(5000, 4000, new byte[1]);
        assertThat(socket.receive(datagram)).isTrue();
    }

    @Test
    void socketSaysHowItsDatagramsGo() throws Exception {
        Station station = new Station().knowingItsNeighbour();
        UdpSocket socket = station.stack().udp().bind(4000, 1000);
        socket.options(SendOptions.DEFAULT.hopLimit(7).typeOfService(0xB8).dontFragment());
        socket.send(datagram.to(PEER, 9).length(1));
        Ipv4Header header = Ipv4Header.parse(picorn.netstack.octets.Octets.over(station.packet(0)));
        assertThat(header.timeToLive()).isEqualTo(7);
        assertThat(header.typeOfService()).isEqualTo(0xB8);
        assertThat(header.fragment()).isEqualTo(Ipv4Header.DONT_FRAGMENT);
    }
}
