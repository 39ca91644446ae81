// SPDX-License-Identifier: MIT
package picorn.netstack.igmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.netstack.testing.Frames.bytes;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.PEER_MAC;
import static picorn.netstack.testing.Station.SECOND;
import static picorn.netstack.testing.Station.US;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.MacAddress;
import picorn.netstack.context.Timed;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.ip.Ipv4Drop;
import picorn.netstack.ip.Ipv4Header;
import picorn.netstack.ip.Membership;
import picorn.netstack.octets.InternetChecksum;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpDrop;
import picorn.netstack.udp.UdpSocket;

class IgmpTest {
    private static final Ipv4Address GROUP = Ipv4Address.parse("239.1.2.3");
    private static final Ipv4Address ALL_HOSTS = Ipv4Address.parse("224.0.0.1");
    private static final Ipv4Address OTHER = Ipv4Address.parse("10.0.2.16");

    private final Station station = new Station().knowingItsNeighbour().with(Igmp::join);
    private final UdpSocket socket = station.stack().udp().bind(4000, 4000);

    private Membership join() {
        return socket.join(station.link(), GROUP);
    }

    /** Messages sent since, in hex, each behind its destination. */
    private List<String> said() {
        List<String> said = station.sent().frames().stream().map(this::inHex).toList();
        station.sent().clear();
        return said;
    }

    private String inHex(byte[] frame) {
        byte[] packet = Arrays.copyOfRange(frame, 14, 14 + (frame[16] << 8 | frame[17] & 0xFF));
        // One hop, internetwork control, router alert, IGMP.
        assertThat(packet).startsWith(0x46, 0xC0);
        assertThat(packet[8]).isEqualTo((byte) 1);
        assertThat(packet[9]).isEqualTo((byte) 2);
        assertThat(Arrays.copyOfRange(packet, 20, 24)).isEqualTo(bytes("94040000"));
        byte[] message = Arrays.copyOfRange(packet, 24, packet.length);
        assertThat(InternetChecksum.isRight(InternetChecksum.sum(Octets.over(message))))
                .isTrue();
        U16.at(2).set(Octets.over(message), 0);
        return new Ipv4Address(new java.math.BigInteger(Arrays.copyOfRange(packet, 16, 20)).intValue()) + " "
                + java.util.HexFormat.of().formatHex(message);
    }

    private void give(Ipv4Address to, int timeToLive, byte[] message) {
        U16.at(2).set(Octets.over(message), 0);
        U16.at(2).set(Octets.over(message), InternetChecksum.of(InternetChecksum.sum(Octets.over(message))));
        Ipv4Header header = new Ipv4Header(20, 0, 20 + message.length, 1, 0, timeToLive, 2, PEER, to);
        station.give(Frames.ethernet(
                new MacAddress(MacAddress.multicast(to.bits())),
                PEER_MAC,
                EthernetHeader.IPV4,
                Frames.ipv4(header, message)));
    }

    private void query(String message) {
        give(ALL_HOSTS, 1, bytes(message));
    }

    private void datagram(Ipv4Address from) {
        byte[] datagram = Frames.udp(from, 5000, GROUP, 4000, new byte[4]);
        station.give(Frames.ethernet(
                new MacAddress(MacAddress.multicast(GROUP.bits())),
                PEER_MAC,
                EthernetHeader.IPV4,
                Frames.ipv4(from, GROUP, Frames.UDP, datagram)));
    }

    private boolean hears(Ipv4Address from) {
        datagram(from);
        return socket.receive(new UdpDatagram(new byte[4]));
    }

    @Test
    void joiningIsToldTwiceAndLeavingTwice() {
        Membership membership = join();
        station.advanceTo(5 * SECOND);
        // TO_EX with no sources, to all IGMPv3 routers (RFC 3376, section 4.2).
        String joined = "224.0.0.22 2200000000000001" + "04000000ef010203";
        assertThat(said()).containsExactly(joined, joined);
        membership.close();
        station.advanceTo(10 * SECOND);
        String left = "224.0.0.22 2200000000000001" + "03000000ef010203";
        assertThat(said()).containsExactly(left, left);
        assertThat(station.stack().deadline()).isEqualTo(Timed.NEVER);
    }

    @Test
    void groupIsHeardFromJoiningToLeaving() {
        assertThat(hears(PEER)).isFalse();
        Membership membership = join();
        assertThat(hears(PEER)).isTrue();
        membership.close();
        assertThat(hears(PEER)).isFalse();
        assertThat(station.dropped(Ipv4Drop.NOT_FOR_US)).isEqualTo(2);
    }

    @Test
    void socketThatHasNotJoinedDoesNotHear() {
        UdpSocket other = station.stack().udp().bind(4001, 1000);
        other.join(station.link(), GROUP);
        assertThat(hears(PEER)).isFalse();
        assertThat(station.dropped(UdpDrop.NOT_WANTED)).isEqualTo(1);
    }

    @Test
    void closedSocketLeaves() {
        long before = station.stack().budget().used();
        join();
        socket.close();
        station.advanceTo(5 * SECOND);
        assertThat(said()).last().asString().contains("03000000ef010203");
        assertThat(station.stack().budget().used()).isLessThan(before);
    }

    @Test
    void sourcesAreFilteredAndToldAsTheyChange() {
        Membership membership = join();
        station.advanceTo(5 * SECOND);
        said();
        membership.exclude(List.of(PEER));
        assertThat(hears(PEER)).isFalse();
        assertThat(hears(OTHER)).isTrue();
        assertThat(said()).containsExactly("224.0.0.22 2200000000000001" + "06000001ef0102030a00020f");
        station.advanceTo(10 * SECOND);
        said();
        membership.include(List.of(OTHER));
        assertThat(hears(PEER)).isFalse();
        assertThat(hears(OTHER)).isTrue();
        assertThat(said()).containsExactly("224.0.0.22 2200000000000001" + "03000001ef0102030a000210");
        station.advanceTo(15 * SECOND);
        said();
        membership.include(List.of(OTHER, PEER));
        assertThat(said()).containsExactly("224.0.0.22 2200000000000001" + "05000001ef0102030a00020f");
    }

    @Test
    void interfaceWantsWhatItsSocketsWantTogether() {
        // RFC 3376, section 3.2: the example of its fourth paragraph, in small.
        Membership first = join();
        first.exclude(List.of(PEER, OTHER));
        Membership second = station.stack().udp().bind(4001, 1000).join(station.link(), GROUP);
        second.include(List.of(OTHER));
        station.advanceTo(5 * SECOND);
        said();
        query("1100 0000 00000000 02 7d 0000".replace("1100", "1101"));
        station.advanceTo(6 * SECOND);
        assertThat(said()).containsExactly("224.0.0.22 2200000000000001" + "02000001ef0102030a00020f");
    }

    @Test
    void queriesAreAnsweredWithinTheirTime() {
        join();
        station.advanceTo(5 * SECOND);
        said();
        query("110a 0000 00000000 02 7d 0000");
        assertThat(station.stack().deadline()).isBetween(5 * SECOND, 6 * SECOND);
        station.advanceTo(6 * SECOND);
        assertThat(said()).containsExactly("224.0.0.22 2200000000000001" + "02000000ef010203");
        give(GROUP, 1, bytes("110a 0000 ef010203 02 7d 0002 0a00020f 0a000210"));
        station.advanceTo(7 * SECOND);
        assertThat(said()).containsExactly("224.0.0.22 2200000000000001" + "01000002ef0102030a00020f0a000210");
        give(GROUP, 1, bytes("110a 0000 ef010204 02 7d 0000"));
        station.advanceTo(8 * SECOND);
        assertThat(said()).isEmpty();
    }

    @Test
    void longResponseTimesAreFloatingPoint() {
        join();
        station.advanceTo(5 * SECOND);
        said();
        // 0xFF: (0xF | 0x10) << (7 + 3) tenths of a second, 3174.4 s.
        query("11ff 0000 00000000 02 7d 0000");
        assertThat(station.stack().deadline()).isBetween(6 * SECOND, 3180 * SECOND);
    }

    @Test
    void changesAreToldAsOftenAsTheQuerierSaysPacketsMayBeLost() {
        // RFC 3376, sections 4.1.6 and 5.1: QRV - 1 more times.
        query("1101 0000 00000000 04 7d 0000");
        station.advanceTo(SECOND);
        said();
        join();
        station.advanceTo(10 * SECOND);
        assertThat(said()).hasSize(4).containsOnly("224.0.0.22 2200000000000001" + "04000000ef010203");
        query("1101 0000 00000000 00 00 0000"); // says nothing: section 8.1's default of 2
        station.advanceTo(11 * SECOND);
        said();
        socket.close();
        station.advanceTo(20 * SECOND);
        assertThat(said()).hasSize(2);
    }

    @Test
    void sourcesAskedForAreGatheredIntoOneAnswer() {
        // RFC 3376, section 5.2, rules 3 to 5.
        join().include(List.of(PEER, OTHER));
        station.advanceTo(5 * SECOND);
        said();
        give(GROUP, 1, bytes("110a 0000 ef010203 02 7d 0001 0a00020f"));
        give(GROUP, 1, bytes("110a 0000 ef010203 02 7d 0002 0a000210 0a000211"));
        station.advanceTo(6 * SECOND);
        assertThat(said()).containsExactly("224.0.0.22 2200000000000001" + "01000002ef0102030a00020f0a000210");
        give(GROUP, 1, bytes("110a 0000 ef010203 02 7d 0001 0a00020f"));
        give(GROUP, 1, bytes("110a 0000 ef010203 02 7d 0000"));
        station.advanceTo(7 * SECOND);
        assertThat(said()).containsExactly("224.0.0.22 2200000000000001" + "01000002ef0102030a00020f0a000210");
        give(GROUP, 1, bytes("110a 0000 ef010203 02 7d 0001 0a000299"));
        station.advanceTo(8 * SECOND);
        assertThat(said()).isEmpty();
    }

    @Test
    void groupIsNotToldTwiceWhenAllAreToldBefore() {
        // RFC 3376, section 5.2, rule 1.
        join();
        station.advanceTo(5 * SECOND);
        said();
        query("1101 0000 00000000 02 7d 0000");
        give(GROUP, 1, bytes("11ff 0000 ef010203 02 7d 0000"));
        station.advanceTo(4000 * SECOND);
        assertThat(said()).containsExactly("224.0.0.22 2200000000000001" + "02000000ef010203");
    }

    @Test
    void moreSourcesThanAReportHoldsGoIntoSeveral() {
        // RFC 3376, section 4.2.16: 576 octets, less 24 of IPv4, 8 of IGMP, 8 of the record: 134 sources.
        List<Membership> members = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            members.add(station.stack().udp().bind(5000 + i, 1000).join(station.link(), GROUP));
        }
        station.advanceTo(5 * SECOND);
        said();
        for (int i = 0; i < 3; i++) {
            int first = 0x0A000300 + 64 * i;
            members.get(i)
                    .include(IntStream.range(first, first + 64)
                            .mapToObj(Ipv4Address::new)
                            .toList());
        }
        List<String> reports = said();
        assertThat(reports).hasSize(2);
        assertThat(reports.get(0)).startsWith("224.0.0.22 2200000000000001" + "03000086ef0102030a000300");
        assertThat(reports.get(1)).startsWith("224.0.0.22 2200000000000001" + "0300003aef0102030a000386");
    }

    @Test
    void olderVersionIsForgottenByTheIntervalsOfTheLastQuerier() {
        // RFC 3376, section 8.12: QRV 3 x QQIC 20 s + 10 s.
        query("1101 0000 00000000 03 14 0000");
        query("1164 0000 00000000");
        station.advanceTo(70 * SECOND - 1);
        join();
        assertThat(said()).last().asString().startsWith("239.1.2.3 16");
        station.advanceTo(100 * SECOND);
        said();
        socket.close();
        assertThat(said()).last().asString().startsWith("224.0.0.22 22");
    }

    @Test
    void olderRouterIsSpokenToInItsVersion() {
        query("1164 0000 00000000");
        Membership membership = join();
        assertThat(said()).containsExactly("239.1.2.3 16000000ef010203");
        station.advanceTo(11 * SECOND);
        assertThat(said()).containsExactly("239.1.2.3 16000000ef010203");
        query("110a 0000 00000000");
        station.advanceTo(13 * SECOND);
        assertThat(said()).containsExactly("239.1.2.3 16000000ef010203");
        membership.close();
        assertThat(said()).containsExactly("224.0.0.2 17000000ef010203");
    }

    @Test
    void oldestRouterIsNotToldOfLeaving() {
        query("1100 0000 00000000");
        Membership membership = join();
        assertThat(said()).containsExactly("239.1.2.3 12000000ef010203");
        membership.close();
        station.advanceTo(20 * SECOND);
        assertThat(said()).isEmpty();
    }

    @Test
    void olderVersionIsForgottenWhenItsRouterFallsSilent() {
        // RFC 3376, section 8.12: 2 x 125 s + 10 s.
        query("1164 0000 00000000");
        station.advanceTo(260 * SECOND - 1);
        join();
        assertThat(said()).last().asString().startsWith("239.1.2.3 16");
        station.advanceTo(300 * SECOND);
        said();
        socket.close();
        assertThat(said()).last().asString().startsWith("224.0.0.22 22");
    }

    @Test
    void reportOfAnotherHostSufficesInTheOlderVersions() {
        query("1164 0000 00000000");
        join();
        station.advanceTo(15 * SECOND);
        said();
        query("1164 0000 00000000");
        give(GROUP, 1, bytes("1600 0000 ef010203"));
        station.advanceTo(30 * SECOND);
        assertThat(said()).isEmpty();
    }

    @Test
    void messagesThatComeFromAfarOrAreWrongAreDropped() {
        join();
        said();
        give(ALL_HOSTS, 2, bytes("1101 0000 00000000"));
        give(ALL_HOSTS, 1, bytes("1101 0000 0a000001"));
        give(ALL_HOSTS, 1, bytes("1300 0000 00000000"));
        assertThat(station.dropped(IgmpDrop.IGNORED)).isEqualTo(3);
        give(ALL_HOSTS, 1, bytes("1101 0000 0000"));
        give(ALL_HOSTS, 1, bytes("1101 0000 00000000 0000"));
        give(ALL_HOSTS, 1, bytes("1101 0000 00000000 0000 ffff 0a000001"));
        assertThat(station.dropped(IgmpDrop.TRUNCATED)).isEqualTo(3);
        byte[] wrong = Frames.ipv4(PEER, US, 2, bytes("1101 0001 00000000"));
        station.giveIpv4(wrong);
        assertThat(station.dropped(IgmpDrop.BAD_CHECKSUM)).isEqualTo(1);
    }

    @Test
    void stackWithoutIgmpSendsToGroupsButJoinsNone() {
        Station plain = new Station().knowingItsNeighbour();
        UdpSocket sender = plain.stack().udp().bind(0);
        sender.send(new UdpDatagram(new byte[1]).to(GROUP, 9).length(1));
        assertThat(plain.sent().frames().get(0)).startsWith(1, 0, 0x5E, 1, 2, 3);
        assertThatThrownBy(() -> sender.join(plain.link(), GROUP))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Igmp");
    }

    @Test
    void hostsAddressIsNoGroup() {
        assertThatThrownBy(() -> socket.join(station.link(), PEER)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> socket.join(station.link(), ALL_HOSTS)).isInstanceOf(IllegalArgumentException.class);
    }
}
