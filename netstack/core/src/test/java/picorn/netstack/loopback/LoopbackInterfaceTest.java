// SPDX-License-Identifier: MIT
package picorn.netstack.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.SECOND;
import static picorn.netstack.testing.Station.US;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.context.Timed;
import picorn.netstack.icmp.PingResult.Outcome;
import picorn.netstack.icmp.PingSocket;
import picorn.netstack.ip.ErrorKind;
import picorn.netstack.ip.SendResult;
import picorn.netstack.service.UdpEchoService;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpError;
import picorn.netstack.udp.UdpSocket;

class LoopbackInterfaceTest {
    private final Station station = new Station().with(LoopbackInterface::join).knowingItsNeighbour();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.0.9", "10.0.2.2"})
    void hostReachesItselfAndNothingLeavesIt(String address) {
        PingSocket ping = station.stack().icmp().ping();
        assertThat(ping.send(Ipv4Address.parse(address), 56, SECOND)).isEqualTo(SendResult.SENT);
        assertThat(station.stack().deadline()).isEqualTo(station.stack().now());
        station.stack().poll(5);
        assertThat(ping.result()).hasValueSatisfying(result -> {
            assertThat(result.outcome()).isEqualTo(Outcome.ANSWERED);
            assertThat(result.from()).hasToString(address);
        });
        assertThat(station.sent().frames()).isEmpty();
    }

    @Test
    void datagramToItselfComesFromWhereItWent() {
        UdpSocket server = station.stack().udp().bind(4000, 1000);
        UdpSocket client = station.stack().udp().bind(1000);
        client.send(new UdpDatagram(new byte[5]).to(US, 4000).length(5));
        station.stack().poll(1);
        UdpDatagram received = new UdpDatagram(new byte[5]);
        assertThat(server.receive(received)).isTrue();
        assertThat(received.peer()).isEqualTo(US);
        assertThat(received.port()).isEqualTo(client.port());
    }

    @Test
    void closedPortIsToldAtOnce() {
        UdpSocket client = station.stack().udp().bind(1000);
        client.send(new UdpDatagram(new byte[5])
                .to(Ipv4Address.parse("127.0.0.1"), 4000)
                .length(5));
        station.stack().poll(1);
        assertThat(client.takeError().map(UdpError::kind)).hasValue(ErrorKind.PORT_UNREACHABLE);
    }

    @Test
    void loopbackAddressesFromTheWireAreDropped() {
        // RFC 1122, section 3.2.1.3, (g).
        byte[] echo = Frames.icmp(8, 1, 1, new byte[5]);
        station.giveIpv4(Frames.ipv4(PEER, Ipv4Address.parse("127.0.0.1"), Frames.ICMP, echo));
        station.giveIpv4(Frames.ipv4(Ipv4Address.parse("127.0.0.1"), US, Frames.ICMP, echo));
        station.stack().poll(1);
        assertThat(station.sent().frames()).isEmpty();
        assertThat(station.stack().counters().counters()).containsEntry("ipv4.delivered", 0L);
    }

    @Test
    void twoWhoNeverStopTalkingDoNotStopTheRest() {
        UdpSocket one = station.stack().udp().bind(4000, 1000);
        UdpSocket other = station.stack().udp().bind(4001, 1000);
        UdpDatagram datagram = new UdpDatagram(new byte[5]);
        for (UdpSocket socket : new UdpSocket[] {one, other}) {
            socket.onReadable(() -> {
                while (socket.receive(datagram)) {
                    socket.send(datagram);
                }
            });
        }
        one.send(new UdpDatagram(new byte[1]).to(US, 4001).length(1));
        for (int i = 0; i < 10; i++) {
            assertThat(station.stack().poll(i)).isEqualTo(i + 1);
        }
        assertThat(UdpEchoService.on(station.stack())).isNotNull();
    }

    @Test
    void moreThanCanWaitIsDropped() {
        LoopbackInterface.join(new Station(1 << 20).stack().ipv4());
        Station large = new Station(1 << 20).with(LoopbackInterface::join);
        UdpSocket client = large.stack().udp().bind(1000);
        for (int i = 0; i < 257; i++) {
            client.send(new UdpDatagram(new byte[5]).to(US, 4000).length(5));
        }
        assertThat(large.dropped(LoopbackInterface.QUEUE_FULL)).isEqualTo(1);
        large.stack().poll(1);
        assertThat(large.stack().deadline()).isNotEqualTo(Timed.NEVER);
    }
}
