// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.PEER_MAC;
import static picorn.netstack.testing.Station.US;

import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.ip.SendResult;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;

/** Sockets that are bound to local addresses, or share a port (as SO_REUSEADDR has it for groups). */
class SharedPortTest {
    private static final Ipv4Address OTHER = Ipv4Address.parse("10.0.2.99");
    private static final Ipv4Address ANY = Ipv4Address.UNSPECIFIED;

    private final Station station = new Station().knowingItsNeighbour();
    private final Udp udp = station.stack().udp();
    private final UdpDatagram datagram = new UdpDatagram(new byte[100]);

    private void give(MacAddress station, Ipv4Address to) {
        byte[] packet = Frames.ipv4(PEER, to, Frames.UDP, Frames.udp(PEER, 5000, to, 4000, new byte[] {7}));
        this.station.give(Frames.ethernet(station, PEER_MAC, EthernetHeader.IPV4, packet));
    }

    private void giveOne(Ipv4Address to) {
        give(Station.OUR_MAC, to);
    }

    private void giveAll() {
        give(MacAddress.BROADCAST, Ipv4Address.BROADCAST);
    }

    @Test
    void eachAddressHasItsOwnSocket() {
        station.link().add(new Ipv4Prefix(OTHER, 24));
        UdpSocket first = udp.bind(US, 4000, 1000);
        UdpSocket second = udp.bind(OTHER, 4000, 1000);
        giveOne(OTHER);
        assertThat(first.receive(datagram)).isFalse();
        assertThat(second.receive(datagram)).isTrue();
        giveOne(US);
        assertThat(first.receive(datagram)).isTrue();
        assertThat(second.receive(datagram)).isFalse();
    }

    @Test
    void boundSocketSendsFromItsAddress() {
        station.link().add(new Ipv4Prefix(OTHER, 24));
        station.sent().clear();
        UdpSocket socket = udp.bind(OTHER, 4000, 1000);
        datagram.buffer()[0] = 1;
        assertThat(socket.send(datagram.to(PEER, 5000).length(1))).isEqualTo(SendResult.SENT);
        assertThat(station.payload(0)).isEqualTo(Frames.udp(OTHER, 4000, PEER, 5000, new byte[] {1}));
    }

    @Test
    void broadcastGoesToAllThatShareThePort() {
        UdpSocket first = udp.bindShared(ANY, 4000, 1000);
        UdpSocket second = udp.bindShared(ANY, 4000, 1000);
        giveAll();
        assertThat(first.receive(datagram)).isTrue();
        assertThat(second.receive(datagram)).isTrue();
    }

    @Test
    void unicastGoesToTheOneThatAsksForMostAndOtherwiseToTheLatest() {
        UdpSocket connected = udp.bindShared(ANY, 4000, 1000);
        connected.connect(PEER, 5000);
        UdpSocket bound = udp.bindShared(US, 4000, 1000);
        UdpSocket latest = udp.bindShared(ANY, 4000, 1000);
        giveOne(US);
        assertThat(connected.receive(datagram)).isTrue();
        connected.close();
        giveOne(US);
        assertThat(bound.receive(datagram)).isTrue();
        bound.close();
        UdpSocket later = udp.bindShared(ANY, 4000, 1000);
        giveOne(US);
        assertThat(latest.receive(datagram)).isFalse();
        assertThat(later.receive(datagram)).isTrue();
    }

    @Test
    void portIsTakenForThoseThatDoNotShare() {
        UdpSocket shared = udp.bindShared(ANY, 4000, 100);
        assertThatThrownBy(() -> udp.bind(4000, 100)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> udp.bind(US, 4000, 100)).isInstanceOf(IllegalStateException.class);
        shared.close();
        UdpSocket alone = udp.bind(4000, 100);
        assertThatThrownBy(() -> udp.bindShared(ANY, 4000, 100))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("4000");
        alone.close();
        udp.bind(US, 4000, 100);
    }
}
