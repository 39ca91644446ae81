// SPDX-License-Identifier: MIT
package picorn.netstack.ethernet;

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
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.arp.ArpPacket;
import picorn.netstack.octets.Drop;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;
import picorn.netstack.testing.Drops;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;

class EthernetInterfaceTest {
    private final Station station = new Station().knowingItsNeighbour();
    private final byte[] ping = Frames.ipv4(PEER, US, Frames.ICMP, Frames.icmp(8, 1, 1, new byte[3]));

    @ParameterizedTest
    @CsvSource({
        "52:55:0a:00:02:03, 02:00:00:00:00:15, 0800, ethernet.not-for-us",
        "01:00:5e:00:00:01, 02:00:00:00:00:15, 0800, ethernet.not-for-us",
        "52:55:0a:00:02:02, 03:00:00:00:00:15, 0800, ethernet.bad-source",
        "52:55:0a:00:02:02, 02:00:00:00:00:15, 86dd, ethernet.type-unknown",
        "52:55:0a:00:02:02, 02:00:00:00:00:15, 0026, ethernet.type-unknown",
    })
    void frameThatIsNotForThisStationIsDroppedAndCounted(
            String to, String from, String type, @ConvertWith(Drops.class) Drop reason) {
        station.give(Frames.ethernet(MacAddress.parse(to), MacAddress.parse(from), Integer.parseInt(type, 16), ping));
        assertThat(station.dropped(reason)).isEqualTo(1);
        assertThat(station.sent().frames()).isEmpty();
    }

    @Test
    void frameOfImpossibleLengthIsDroppedAndCounted() {
        station.give(new byte[13]);
        station.give(new byte[1515]);
        station.give(new byte[0]);
        assertThat(station.dropped(EthernetDrop.TRUNCATED)).isEqualTo(2);
        assertThat(station.dropped(EthernetDrop.OVERSIZE)).isEqualTo(1);
    }

    @Test
    void addressThatIsAddedIsAnnounced() throws Malformed {
        // RFC 5227, section 3: sender and target protocol address are the one that is announced, in a broadcast
        // request.
        station.link().add(Ipv4Prefix.parse("10.0.7.1/24"));
        station.link().add(Ipv4Prefix.NONE);
        assertThat(station.sent().frames()).hasSize(1);
        byte[] frame = station.sent().frames().get(0);
        assertThat(frame).startsWith(-1, -1, -1, -1, -1, -1);
        ArpPacket announced =
                ArpPacket.parse(new Octets().aim(frame, EthernetHeader.SIZE, frame.length - EthernetHeader.SIZE));
        Ipv4Address added = Ipv4Address.parse("10.0.7.1");
        assertThat(announced).isEqualTo(new ArpPacket(ArpPacket.REQUEST, OUR_MAC, added, new MacAddress(0), added));
    }

    @Test
    void smallerPacketsCanBeAskedForAndLargeOnesAreTakenStill() {
        station.link().mtu(600);
        station.giveIcmp(Frames.icmp(8, 1, 1, new byte[1472]));
        assertThat(station.dropped(EthernetDrop.OVERSIZE)).isZero();
        assertThat(station.sent().frames()).as("the answer is too large").isEmpty();
        station.giveIcmp(Frames.icmp(8, 1, 1, new byte[572]));
        assertThat(station.sent().last().length()).isEqualTo(614);
        assertThatThrownBy(() -> station.link().mtu(67)).isInstanceOf(IllegalArgumentException.class);
        station.link().mtu(9000);
        assertThat(station.link().mtu()).as("what the link carries").isEqualTo(1500);
    }

    @Test
    void shortFrameIsSentWithZerosUpToSixtyOctets() {
        station.giveIcmp(Frames.icmp(8, 1, 1, new byte[1400]));
        station.giveUdp(5000, 9, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1});
        station.sent().clear();
        station.giveIcmp(Frames.icmp(8, 1, 1, new byte[] {-1, -1, -1}));
        byte[] frame = station.sent().frames().get(0);
        assertThat(frame).hasSize(60);
        assertThat(frame).endsWith(new byte[60 - 14 - 20 - 8 - 3]);
    }

    @Test
    void answerGoesFromOurStationToTheNeighbours() throws Exception {
        station.giveIcmp(Frames.icmp(8, 1, 1, new byte[3]));
        assertThat(EthernetHeader.parse(station.sent().last()))
                .isEqualTo(new EthernetHeader(PEER_MAC, OUR_MAC, EthernetHeader.IPV4));
    }

    @Test
    void framesAreCountedEachWay() {
        station.giveIcmp(Frames.icmp(8, 1, 1, new byte[86]));
        assertThat(station.stack().counters().counters())
                .containsEntry("eth0.frames-received", 2L)
                .containsEntry("eth0.octets-received", 60L + 128)
                .containsEntry("eth0.frames-sent", 2L)
                .containsEntry("eth0.octets-sent", 60L + 128);
    }

    @Test
    void stationWithAGroupAddressIsRefused() {
        assertThatThrownBy(() -> new EthernetConfig(
                        "eth0", MacAddress.parse("01:00:5e:00:00:01"), Ipv4Prefix.parse("10.0.2.2/24")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("group");
    }

    @Test
    void stacksJoinedWithoutAWireAreToldToUseOne() {
        Stack ours = new Stack(StackConfig.named("ours"));
        EthernetInterface[] loop = new EthernetInterface[1];
        loop[0] = ours.attach(
                new EthernetConfig("eth0", OUR_MAC, new Ipv4Prefix(US, 24)),
                (frame, offset, length, now) -> loop[0].receive(frame, offset, length, now));
        byte[] frame = Frames.ethernet(
                OUR_MAC, PEER_MAC, EthernetHeader.ARP, Frames.arp(1, PEER_MAC, PEER, Station.NOBODY, US));
        assertThatThrownBy(() -> loop[0].receive(frame, 0, frame.length, 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Wire");
    }
}
