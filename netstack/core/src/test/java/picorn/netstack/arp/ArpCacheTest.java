// SPDX-License-Identifier: MIT
package picorn.netstack.arp;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Station.NOBODY;
import static picorn.netstack.testing.Station.OUR_MAC;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.PEER_MAC;
import static picorn.netstack.testing.Station.SECOND;
import static picorn.netstack.testing.Station.US;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.MacAddress;
import picorn.netstack.context.Timed;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.ip.SendResult;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

class ArpCacheTest {
    private static final MacAddress OTHER_MAC = MacAddress.parse("02:00:00:00:00:16");
    private static final Ipv4Address OTHER = Ipv4Address.parse("10.0.2.16");

    private final Station station = new Station();
    private UdpSocket socket;

    @BeforeEach
    void openSocket() {
        socket = station.stack().udp().bind(5000, 100);
    }

    private void send(Ipv4Address to, int mark) {
        UdpDatagram datagram =
                new UdpDatagram(new byte[] {(byte) mark}).to(to, 9).length(1);
        assertThat(socket.send(datagram)).isEqualTo(SendResult.SENT);
    }

    private EthernetHeader header(int index) throws Malformed {
        return EthernetHeader.parse(Octets.over(station.sent().frames().get(index)));
    }

    private ArpPacket arp(int index) throws Malformed {
        byte[] frame = station.sent().frames().get(index);
        return ArpPacket.parse(new Octets().aim(frame, EthernetHeader.SIZE, frame.length - EthernetHeader.SIZE));
    }

    private int mark(int index) {
        return station.payload(index)[8];
    }

    @Test
    void requestForUsIsAnsweredToTheAsker() throws Malformed {
        station.giveArp(ArpPacket.REQUEST, PEER_MAC, PEER, NOBODY, US);
        assertThat(header(0)).isEqualTo(new EthernetHeader(PEER_MAC, OUR_MAC, EthernetHeader.ARP));
        assertThat(arp(0)).isEqualTo(new ArpPacket(ArpPacket.REPLY, OUR_MAC, US, PEER_MAC, PEER));
    }

    @Test
    void requestForAnotherIsNotAnsweredNorRemembered() throws Malformed {
        station.giveArp(ArpPacket.REQUEST, PEER_MAC, PEER, NOBODY, OTHER);
        assertThat(station.sent().frames()).isEmpty();
        send(PEER, 1);
        assertThat(arp(0).operation()).isEqualTo(ArpPacket.REQUEST);
    }

    @Test
    void askerIsRememberedSinceItWillBeSpokenTo() throws Malformed {
        station.knowingItsNeighbour();
        send(PEER, 1);
        assertThat(header(0)).isEqualTo(new EthernetHeader(PEER_MAC, OUR_MAC, EthernetHeader.IPV4));
    }

    @Test
    void knownNeighbourIsUpdatedByAnyPacketOfIt() throws Malformed {
        station.knowingItsNeighbour();
        station.giveArp(ArpPacket.REQUEST, OTHER_MAC, PEER, NOBODY, OTHER);
        send(PEER, 1);
        assertThat(header(0).destination()).isEqualTo(OTHER_MAC);
    }

    @Test
    void unknownNeighbourIsAskedForByBroadcast() throws Malformed {
        send(PEER, 1);
        assertThat(header(0)).isEqualTo(new EthernetHeader(MacAddress.BROADCAST, OUR_MAC, EthernetHeader.ARP));
        assertThat(arp(0)).isEqualTo(new ArpPacket(ArpPacket.REQUEST, OUR_MAC, US, NOBODY, PEER));
    }

    @Test
    void packetsWaitInOrderForTheAnswer() throws Malformed {
        send(PEER, 1);
        send(PEER, 2);
        assertThat(station.sent().frames()).hasSize(1);
        station.giveArp(ArpPacket.REPLY, PEER_MAC, PEER, OUR_MAC, US);
        assertThat(station.sent().frames()).hasSize(3);
        assertThat(header(1).destination()).isEqualTo(PEER_MAC);
        assertThat(mark(1)).isEqualTo(1);
        assertThat(mark(2)).isEqualTo(2);
    }

    @Test
    void fullQueueGivesUpTheOldestPacket() {
        for (int mark = 1; mark <= 6; mark++) {
            send(PEER, mark);
        }
        assertThat(station.dropped(ArpDrop.QUEUE_FULL)).isEqualTo(2);
        station.giveArp(ArpPacket.REPLY, PEER_MAC, PEER, OUR_MAC, US);
        assertThat(station.sent().frames()).hasSize(5);
        assertThat(mark(1)).isEqualTo(3);
        assertThat(mark(4)).isEqualTo(6);
    }

    @Test
    void silentNeighbourIsAskedOnceASecondThreeTimes() {
        send(PEER, 1);
        assertThat(station.stack().deadline()).isEqualTo(SECOND);
        station.advanceTo(10 * SECOND);
        assertThat(station.sent().times()).containsExactly(0L, SECOND, 2 * SECOND);
        assertThat(station.dropped(ArpDrop.UNRESOLVED)).isEqualTo(1);
        assertThat(station.stack().deadline()).isEqualTo(Timed.NEVER);
    }

    @Test
    void neighbourThatWasSilentIsAskedAnewLater() throws Malformed {
        send(PEER, 1);
        station.advanceTo(10 * SECOND);
        station.sent().clear();
        send(PEER, 2);
        station.giveArp(ArpPacket.REPLY, PEER_MAC, PEER, OUR_MAC, US);
        assertThat(arp(0).operation()).isEqualTo(ArpPacket.REQUEST);
        assertThat(mark(1)).isEqualTo(2);
    }

    @Test
    void neighbourIsAskedThreeTimesEachTimeItFallsSilent() {
        station.knowingItsNeighbour();
        station.advanceTo(60 * SECOND);
        send(PEER, 1);
        station.advanceTo(70 * SECOND);
        assertThat(station.sent().frames()).hasSize(3);
        send(PEER, 1);
        station.advanceTo(80 * SECOND);
        assertThat(station.sent().frames()).hasSize(6);
        send(PEER, 1);
        station.advanceTo(81 * SECOND);
        station.knowingItsNeighbour();
        station.advanceTo(141 * SECOND);
        send(PEER, 1);
        station.advanceTo(150 * SECOND);
        assertThat(station.sent().frames()).hasSize(3);
    }

    @Test
    void addressIsForgottenAfterAMinute() throws Malformed {
        station.knowingItsNeighbour();
        station.advanceTo(60 * SECOND - 1);
        send(PEER, 1);
        assertThat(header(0).type()).isEqualTo(EthernetHeader.IPV4);
        station.advanceTo(60 * SECOND);
        send(PEER, 2);
        assertThat(header(1).type()).isEqualTo(EthernetHeader.ARP);
    }

    @Test
    void packetsToThirtyTwoNeighboursWaitAtOnceAndOneMoreIsDropped() {
        for (int i = 0; i < 33; i++) {
            send(new Ipv4Address(PEER.bits() + i), i);
        }
        assertThat(station.dropped(ArpDrop.CACHE_FULL)).isEqualTo(1);
        assertThat(station.sent().frames()).hasSize(32);
    }

    @Test
    void neighbourThatSpeaksComesBeforeOnesThatAreSilent() throws Malformed {
        for (int i = 0; i < 32; i++) {
            station.advanceTo(i);
            send(new Ipv4Address(OTHER.bits() + i), i);
        }
        station.knowingItsNeighbour();
        assertThat(station.dropped(ArpDrop.CACHE_FULL)).isEqualTo(1);
        send(PEER, 1);
        assertThat(header(0).destination()).isEqualTo(PEER_MAC);
        // It took the place of the one asked first.
        station.sent().clear();
        station.giveArp(ArpPacket.REPLY, OTHER_MAC, new Ipv4Address(OTHER.bits() + 1), OUR_MAC, US);
        assertThat(mark(0)).isEqualTo(1);
    }

    @Test
    void neighbourKnownForLongestGivesWayToANewOne() throws Malformed {
        for (int i = 0; i < 33; i++) {
            station.advanceTo(i);
            station.giveArp(
                    ArpPacket.REQUEST,
                    new MacAddress(0x020000000100L + i),
                    new Ipv4Address(PEER.bits() + i),
                    NOBODY,
                    US);
        }
        station.sent().clear();
        send(new Ipv4Address(PEER.bits() + 1), 1);
        send(new Ipv4Address(PEER.bits() + 32), 1);
        send(PEER, 1);
        assertThat(header(0).type()).isEqualTo(EthernetHeader.IPV4);
        assertThat(header(1).type()).isEqualTo(EthernetHeader.IPV4);
        assertThat(header(2).type()).isEqualTo(EthernetHeader.ARP);
    }

    @Test
    void stationThatClaimsOurAddressIsCountedAndNotBelieved() {
        station.giveArp(ArpPacket.REQUEST, PEER_MAC, US, NOBODY, US);
        assertThat(station.dropped(ArpDrop.CONFLICT)).isEqualTo(1);
        assertThat(station.sent().frames()).isEmpty();
    }

    @Test
    void probeIsAnsweredButItsSenderHasNoAddressYet() throws Malformed {
        station.giveArp(ArpPacket.REQUEST, PEER_MAC, Ipv4Address.UNSPECIFIED, NOBODY, US);
        assertThat(arp(0)).isEqualTo(new ArpPacket(ArpPacket.REPLY, OUR_MAC, US, PEER_MAC, Ipv4Address.UNSPECIFIED));
    }

    @Test
    void senderWithImpossibleAddressesIsNotBelieved() {
        station.giveArp(ArpPacket.REQUEST, PEER_MAC, Ipv4Address.BROADCAST, NOBODY, US);
        station.giveArp(ArpPacket.REQUEST, PEER_MAC, Ipv4Address.parse("10.0.2.255"), NOBODY, US);
        station.giveArp(ArpPacket.REQUEST, PEER_MAC, Ipv4Address.parse("224.0.0.1"), NOBODY, US);
        byte[] forged = Frames.arp(ArpPacket.REQUEST, MacAddress.BROADCAST, PEER, NOBODY, US);
        station.give(Frames.ethernet(OUR_MAC, PEER_MAC, EthernetHeader.ARP, forged));
        assertThat(station.dropped(ArpDrop.BAD_SENDER)).isEqualTo(4);
        assertThat(station.sent().frames()).isEmpty();
    }
}
