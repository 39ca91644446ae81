// SPDX-License-Identifier: MIT
package picorn.netstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.SECOND;

import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.arp.ArpDrop;
import picorn.netstack.context.OutOfMemoryBudget;
import picorn.netstack.ip.SendResult;
import picorn.netstack.octets.Drop;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

class StackTest {
    private static final int MEMORY = 29 * 1024;

    private final Station station = new Station(MEMORY);
    private final UdpSocket socket = station.stack().udp().bind(4000, 1000);

    private SendResult sendToSilence(int host) {
        Ipv4Address silent = new Ipv4Address(PEER.bits() + 1 + host);
        return socket.send(new UdpDatagram(new byte[1]).to(silent, 9).length(1));
    }

    @Test
    void packetsThatWaitForSilentNeighboursUseUpTheBudgetButNotTheLastBuffer() {
        station.knowingItsNeighbour();
        for (int i = 0; i < 30; i++) {
            sendToSilence(i);
            assertThat(station.stack().budget().used()).isLessThanOrEqualTo(MEMORY);
        }
        assertThat(station.dropped(Drop.MEMORY_DRY)).isPositive();
        assertThat(station.stack().budget().refusals()).isPositive();
        station.sent().clear();
        station.giveIcmp(Frames.icmp(8, 1, 1, new byte[1472]));
        assertThat(station.sent().frames()).as("answers while dry").hasSize(1);
    }

    @Test
    void budgetRecoversWhenWaitingIsGivenUp() {
        for (int i = 0; i < 30; i++) {
            sendToSilence(i);
        }
        long dry = station.dropped(Drop.MEMORY_DRY);
        station.advanceTo(10 * SECOND);
        assertThat(dry + station.dropped(ArpDrop.UNRESOLVED)).isEqualTo(30);
        for (int i = 0; i < 3; i++) {
            sendToSilence(i);
        }
        assertThat(station.dropped(Drop.MEMORY_DRY)).isEqualTo(dry);
        station.stack().udp().bind(4001, 3000);
        assertThat(station.stack().counters().counters())
                .containsEntry("memory.limit", (long) MEMORY)
                .containsKeys("memory.used", "memory.peak", "memory.refusals");
        assertThat(station.stack().budget().peak()).isLessThanOrEqualTo(MEMORY);
    }

    @Test
    void stackThatCannotHoldEvenItselfSaysSo() {
        assertThatThrownBy(() -> new Stack(StackConfig.named("tiny").memory(1000)))
                .isInstanceOf(OutOfMemoryBudget.class)
                .hasMessageContaining("1000");
    }

    @Test
    void timeNeverRunsBack() {
        station.stack().poll(5);
        station.link().receive(new byte[60], 0, 60, 3);
        assertThat(station.stack().now()).isEqualTo(5);
    }

    @Test
    void reportNamesTheStackItsCountersAndItsDrops() {
        station.give(new byte[3]);
        assertThat(station.stack().report())
                .startsWith("stack station\nmemory.limit ")
                .contains("ipv4.received ", "icmp.received ", "udp.received ", "eth0.arp.received ")
                .containsPattern("drop\\.ethernet\\.truncated +1\n")
                .doesNotContain("drop.udp");
    }

    @Test
    void reportShowsListenersAndConnections() {
        station.knowingItsNeighbour();
        station.stack().tcp().listen(80, TcpConfig.DEFAULT);
        station.stack().tcp().connect(Station.US, 2000, PEER, 9, TcpConfig.DEFAULT);
        assertThat(station.stack().report())
                .containsPattern("local +remote +state +unread +unacked\n")
                .containsPattern("\\*:80 +\\*:\\* +LISTEN +- +-\n")
                .containsPattern("10.0.2.2:2000 +10.0.2.15:9 +SYN_SENT +0 +0\n");
    }
}
