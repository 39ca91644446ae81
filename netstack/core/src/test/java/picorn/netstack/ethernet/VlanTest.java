// SPDX-License-Identifier: MIT
package picorn.netstack.ethernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.netstack.testing.Station.NOBODY;
import static picorn.netstack.testing.Station.OUR_MAC;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.PEER_MAC;
import static picorn.netstack.testing.Station.US;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.ip.Offload;
import picorn.netstack.ip.SendResult;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

class VlanTest {
    private static final Ipv4Address OURS = Ipv4Address.parse("10.7.0.1");
    private static final Ipv4Address THEIRS = Ipv4Address.parse("10.7.0.2");
    private final Station station = new Station();
    private final EthernetInterface vlan =
            station.link().vlan(100, new EthernetConfig("eth0.100", OUR_MAC, new Ipv4Prefix(OURS, 24)));

    private static byte[] tagged(int tag, byte[] frame) {
        byte[] longer = new byte[frame.length + 4];
        System.arraycopy(frame, 0, longer, 0, 12);
        longer[12] = (byte) 0x81;
        longer[14] = (byte) (tag >>> 8);
        longer[15] = (byte) tag;
        System.arraycopy(frame, 12, longer, 16, frame.length - 12);
        return longer;
    }

    private static byte[] arp() {
        return Frames.ethernet(OUR_MAC, PEER_MAC, EthernetHeader.ARP, Frames.arp(1, PEER_MAC, THEIRS, NOBODY, OURS));
    }

    private static byte[] ping(int length) {
        byte[] echo = Frames.icmp(8, 1, 1, new byte[length]);
        return Frames.ethernet(OUR_MAC, PEER_MAC, EthernetHeader.IPV4, Frames.ipv4(THEIRS, OURS, Frames.ICMP, echo));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 0x6064, 0x1064})
    void taggedFramesAreTakenWhateverTheirPriorityAndAnsweredTagged(int tag) {
        station.give(tagged(tag, arp()));
        assertThat(station.sent().frames().get(0)).hasSize(64);
        assertThat(Arrays.copyOfRange(station.sent().frames().get(0), 0, 18))
                .isEqualTo(Frames.bytes("020000000015 52550a000202 8100 0064 0806"));
        station.sent().clear();
        station.give(tagged(tag, ping(1472)));
        byte[] answer = station.sent().frames().get(0);
        assertThat(answer).hasSize(1518);
        assertThat(Arrays.copyOfRange(answer, 12, 18)).isEqualTo(Frames.bytes("8100 0064 0800"));
        assertThat(vlan.ipv4()).hasToString("10.7.0.1/24");
    }

    @Test
    void vlansDoNotHearEachOther() {
        station.give(arp());
        station.give(tagged(101, arp()));
        station.give(tagged(0xFFF, arp()));
        assertThat(station.sent().frames()).isEmpty();
        assertThat(station.dropped(VlanDrop.UNKNOWN)).isEqualTo(2);
    }

    @Test
    void priorityWithoutVlanIsTheEthernetsOwn() {
        station.give(tagged(
                0xE000,
                Frames.ethernet(OUR_MAC, PEER_MAC, EthernetHeader.ARP, Frames.arp(1, PEER_MAC, PEER, NOBODY, US))));
        assertThat(station.sent().frames().get(0)[12]).isEqualTo((byte) 8);
    }

    @Test
    void frameCutOffInItsTagIsDropped() {
        station.give(Arrays.copyOf(tagged(100, arp()), 17));
        assertThat(station.dropped(VlanDrop.TRUNCATED)).isEqualTo(1);
    }

    @Test
    void framesWithinFramesAreOfNoTypeThatIsSpoken() {
        station.give(tagged(100, tagged(100, arp())));
        assertThat(station.dropped(EthernetDrop.TYPE_UNKNOWN)).isEqualTo(1);
    }

    @Test
    void vlanOutOfRangeOrTwiceIsRefused() {
        EthernetConfig config = new EthernetConfig("x", OUR_MAC);
        assertThatThrownBy(() -> station.link().vlan(0, config)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> station.link().vlan(4095, config)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> station.link().vlan(100, config)).isInstanceOf(IllegalStateException.class);
        assertThat(station.link().vlan(4094, config).name()).isEqualTo("x");
    }

    @Test
    void ethernetWithoutVlansKnowsNoTags() {
        Station plain = new Station();
        plain.give(tagged(100, arp()));
        assertThat(plain.dropped(EthernetDrop.TYPE_UNKNOWN)).isEqualTo(1);
    }

    private static Station with(EthernetConfig config) {
        return new Station(1 << 18, config).knowingItsNeighbour();
    }

    private static final EthernetConfig CONFIG = new EthernetConfig("eth0", OUR_MAC, new Ipv4Prefix(US, 24));

    @Test
    void jumboFramesPassWhereTheLinkCarriesThem() {
        Station jumbo = with(CONFIG.mtu(9000));
        jumbo.giveIcmp(Frames.icmp(8, 1, 1, new byte[8972]));
        assertThat(jumbo.sent().frames().get(0)).hasSize(9014);
        jumbo.giveIcmp(Frames.icmp(8, 1, 1, new byte[8973]));
        assertThat(jumbo.dropped(EthernetDrop.OVERSIZE)).isEqualTo(1);
    }

    @Test
    void smallLinkRefusesWhatItCannotCarry() {
        Station small = with(CONFIG.mtu(576));
        UdpSocket socket = small.stack().udp().bind(1, 0);
        assertThat(socket.send(new UdpDatagram(new byte[549]).to(PEER, 9).length(549)))
                .isEqualTo(SendResult.TOO_LARGE);
        assertThat(socket.send(new UdpDatagram(new byte[548]).to(PEER, 9).length(548)))
                .isEqualTo(SendResult.SENT);
        assertThatThrownBy(() -> CONFIG.mtu(67)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void checksumsThatTheLinkVerifiesAreNotLookedAt() {
        Station trusting = with(CONFIG.offload(new Offload(Offload.ALL.verified(), 0)));
        byte[] packet = Frames.ipv4(PEER, US, Frames.ICMP, Frames.icmp(8, 1, 1, new byte[8]));
        packet[10]++;
        packet[22]++;
        trusting.giveIpv4(packet);
        assertThat(trusting.payload(0)).isEqualTo(Frames.icmp(0, 1, 1, new byte[8]));
        UdpSocket socket = trusting.stack().udp().bind(1, 1000);
        byte[] datagram = Frames.ipv4(PEER, US, Frames.UDP, Frames.udp(PEER, 9, US, 1, new byte[8]));
        datagram[27]++;
        trusting.giveIpv4(datagram);
        assertThat(socket.receive(new UdpDatagram(new byte[8]))).isTrue();
    }

    @Test
    void checksumsThatTheLinkComputesAreLeftToIt() {
        Station lazy = with(CONFIG.offload(new Offload(0, Offload.ALL.computed())));
        UdpSocket socket = lazy.stack().udp().bind(1, 1000);
        socket.send(new UdpDatagram(new byte[8]).to(PEER, 9).length(8));
        lazy.giveIcmp(Frames.icmp(8, 1, 1, new byte[8]));
        assertThat(Arrays.copyOfRange(lazy.payload(0), 6, 8)).containsOnly(0);
        assertThat(Arrays.copyOfRange(lazy.payload(1), 2, 4)).containsOnly(0);
    }
}
