// SPDX-License-Identifier: MIT
package picorn.netstack.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.US;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.ip.Fragmenter;
import picorn.netstack.ip.Ipv4Drop;
import picorn.netstack.ip.Ipv4Header;
import picorn.netstack.ip.SendOptions;
import picorn.netstack.ip.SendResult;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;

class RawSocketTest {
    private final Station station = new Station().knowingItsNeighbour();
    private final RawSockets raw = RawSockets.join(station.stack().ipv4());
    private final byte[] buffer = new byte[2000];
    private final byte[] data = Frames.bytes("01020304 05060708");

    private byte[] received(RawSocket socket) {
        return Arrays.copyOf(buffer, socket.receive(buffer));
    }

    @Test
    void socketOfAProtocolGetsItsPacketsWholeAndItIsKnownThen() {
        RawSocket ospf = raw.open(89, 1000);
        byte[] packet = Frames.ipv4(PEER, US, 89, data);
        station.giveIpv4(packet);
        station.giveIcmp(Frames.icmp(8, 1, 1, new byte[4]));
        assertThat(received(ospf)).isEqualTo(packet);
        assertThat(ospf.receive(buffer)).isZero();
        assertThat(station.dropped(Ipv4Drop.PROTOCOL_UNKNOWN)).isZero();
    }

    @Test
    void moduleIsFoundInTheStackThatItHasJoined() {
        assertThat(station.stack().ipv4().part(RawSockets.class)).containsSame(raw);
        assertThat(station.stack().ipv4().part(picorn.netstack.igmp.Igmp.class)).isEmpty();
    }

    @Test
    void socketForAllSeesWhatOthersGetToo() {
        RawSocket all = raw.openForAll(1000);
        int[] calls = new int[1];
        all.onReadable(() -> calls[0]++);
        byte[] ping = Frames.ipv4(PEER, US, Frames.ICMP, Frames.icmp(8, 1, 1, new byte[4]));
        station.giveIpv4(ping);
        station.giveIpv4(Frames.ipv4(PEER, US, 89, data));
        assertThat(received(all)).isEqualTo(ping);
        assertThat(received(all)).hasSize(28);
        assertThat(calls[0]).isEqualTo(2);
        assertThat(station.payload(0)).startsWith(0);
        assertThat(station.dropped(Ipv4Drop.PROTOCOL_UNKNOWN)).isEqualTo(1);
    }

    @Test
    void fullQueueDropsAndCounts() {
        RawSocket ospf = raw.open(89, 65);
        for (int i = 0; i < 4; i++) {
            station.giveIpv4(Frames.ipv4(PEER, US, 89, data));
        }
        assertThat(ospf.dropped()).isEqualTo(2);
        assertThat(station.dropped(RawSocket.QUEUE_FULL)).isEqualTo(2);
        for (int i = 0; i < 100; i++) {
            assertThat(received(ospf)).hasSize(28).endsWith(data);
            station.giveIpv4(Frames.ipv4(PEER, US, 89, data));
        }
    }

    @Test
    void stackMakesTheHeader() throws Exception {
        RawSocket ospf = raw.open(89, 0);
        ospf.options(SendOptions.DEFAULT.hopLimit(1).typeOfService(0xC0));
        assertThat(ospf.send(PEER, data, 2, 4)).isEqualTo(SendResult.SENT);
        Ipv4Header header = Ipv4Header.parse(picorn.netstack.octets.Octets.over(station.packet(0)));
        assertThat(header.timeToLive()).isEqualTo(1);
        assertThat(header.typeOfService()).isEqualTo(0xC0);
        assertThat(header.protocol()).isEqualTo(89);
        assertThat(header.source()).isEqualTo(US);
        assertThat(station.payload(0)).containsExactly(3, 4, 5, 6);
    }

    @Test
    void callerMakesTheHeader() {
        RawSocket all = raw.openForAll(0);
        byte[] packet = Frames.ipv4(Ipv4Address.parse("10.0.2.99"), PEER, 89, data);
        byte[] unsummed = packet.clone();
        unsummed[10] = 0;
        assertThat(all.sendWithHeader(unsummed, 0, unsummed.length)).isEqualTo(SendResult.SENT);
        assertThat(station.packet(0)).isEqualTo(packet);
    }

    @Test
    void wrongHeaderIsRefusedWithItsReason() {
        RawSocket all = raw.openForAll(0);
        byte[] packet = Frames.ipv4(US, PEER, 89, data);
        assertThatThrownBy(() -> all.sendWithHeader(packet, 0, 27))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ipv4.bad-total-length");
        assertThatThrownBy(() -> all.sendWithHeader(new byte[28], 0, 28)).hasMessageContaining("ipv4.bad-version");
        assertThatThrownBy(() -> all.send(PEER, data, 0, 8)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> raw.open(256, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sizeAndRoutesAreTold() {
        RawSocket ospf = raw.open(89, 0);
        assertThat(ospf.send(PEER, new byte[1481], 0, 1481)).isEqualTo(SendResult.TOO_LARGE);
        assertThat(ospf.send(Ipv4Address.parse("192.0.2.1"), data, 0, 8)).isEqualTo(SendResult.NO_ROUTE);
        Fragmenter.join(station.stack().ipv4());
        assertThat(ospf.send(PEER, new byte[1481], 0, 1481)).isEqualTo(SendResult.SENT);
        assertThat(station.sent().frames()).hasSize(2);
    }

    @Test
    void closedSocketGivesItsMemoryBackAndItsProtocolIsUnknownAgain() {
        long before = station.stack().budget().used();
        RawSocket ospf = raw.open(89, 1000);
        assertThat(station.stack().budget().used()).isGreaterThanOrEqualTo(before + 1000);
        ospf.close();
        ospf.close();
        assertThat(station.stack().budget().used()).isEqualTo(before);
        station.giveIpv4(Frames.ipv4(PEER, US, 89, data));
        assertThat(station.dropped(Ipv4Drop.PROTOCOL_UNKNOWN)).isEqualTo(1);
    }
}
