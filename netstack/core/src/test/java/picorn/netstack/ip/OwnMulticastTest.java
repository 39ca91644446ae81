// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.SECOND;
import static picorn.netstack.testing.Station.US;

import java.util.List;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.context.Timed;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.igmp.Igmp;
import picorn.netstack.octets.Drop;
import picorn.netstack.testing.Recorder;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

/** A host hears what it sends to groups that it is in (RFC 1112, section 6.1). */
class OwnMulticastTest {
    private static final Ipv4Address GROUP = Ipv4Address.parse("239.1.2.3");

    private final Station station = new Station().with(Igmp::join, Fragmenter::join);
    private final UdpSocket member = station.stack().udp().bind(4000, 16000);
    private final UdpSocket sender = station.stack().udp().bind(5000, 1000);
    private final UdpDatagram heard = new UdpDatagram(new byte[3000]);

    private SendResult send(int length) {
        UdpDatagram datagram = new UdpDatagram(new byte[length]);
        datagram.buffer()[length - 1] = 7;
        return sender.send(datagram.to(GROUP, 4000).length(length));
    }

    private boolean isHeard() {
        while (station.stack().deadline() <= station.stack().now()) {
            station.stack().poll(station.stack().now());
        }
        return member.receive(heard);
    }

    @Test
    void memberHearsWhatItsHostSends() {
        member.join(station.link(), GROUP);
        station.advanceTo(5 * SECOND);
        station.sent().clear();
        assertThat(send(10)).isEqualTo(SendResult.SENT);
        assertThat(station.sent().frames()).hasSize(1);
        assertThat(isHeard()).isTrue();
        assertThat(heard.length()).isEqualTo(10);
        assertThat(heard.buffer()[9]).isEqualTo((byte) 7);
        assertThat(heard.peer()).isEqualTo(US);
        assertThat(heard.port()).isEqualTo(5000);
        assertThat(isHeard()).as("twice").isFalse();
        assertThat(station.stack().deadline()).isEqualTo(Timed.NEVER);
    }

    @Test
    void whatIsCutUpForTheLinkIsHeardWhole() {
        member.join(station.link(), GROUP);
        send(2500);
        assertThat(isHeard()).isTrue();
        assertThat(heard.length()).isEqualTo(2500);
        assertThat(heard.buffer()[2499]).isEqualTo((byte) 7);
    }

    @Test
    void whoIsInNoGroupHearsNothing() {
        send(10);
        assertThat(isHeard()).isFalse();
        Membership membership = member.join(station.link(), GROUP);
        membership.close();
        send(10);
        assertThat(isHeard()).isFalse();
    }

    @Test
    void groupOfAnotherLinkIsNotMeant() {
        EthernetConfig config =
                new EthernetConfig("eth1", MacAddress.parse("02:00:00:00:01:01"), Ipv4Prefix.parse("10.0.3.1/24"));
        EthernetInterface other = station.stack().attach(config, new Recorder());
        member.join(other, GROUP);
        sender.through(station.link());
        send(10);
        assertThat(isHeard()).isFalse();
        sender.through(other);
        send(10);
        assertThat(isHeard()).isTrue();
    }

    @Test
    void sourceFilterHoldsForOnesOwnToo() {
        Membership membership = member.join(station.link(), GROUP);
        membership.include(List.of(PEER));
        send(10);
        assertThat(isHeard()).isFalse();
        membership.include(List.of(PEER, US));
        send(10);
        assertThat(isHeard()).isTrue();
    }

    @Test
    void whatCannotWaitIsDroppedAndCounted() {
        member.join(station.link(), GROUP);
        for (int i = 0; i < 20; i++) {
            assertThat(send(10)).isEqualTo(SendResult.SENT);
        }
        assertThat(station.dropped(OwnMulticast.QUEUE_FULL)).isEqualTo(4);
        assertThat(station.dropped(Drop.MEMORY_DRY)).isZero();
        for (int i = 0; i < 16; i++) {
            assertThat(isHeard()).isTrue();
        }
        assertThat(isHeard()).isFalse();
    }
}
