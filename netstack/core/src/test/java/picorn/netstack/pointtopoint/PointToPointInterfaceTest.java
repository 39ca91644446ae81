// SPDX-License-Identifier: MIT
package picorn.netstack.pointtopoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.ip.Ipv4Drop;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Recorder;
import picorn.netstack.udp.UdpDatagram;

class PointToPointInterfaceTest {
    private static final Ipv4Address US = Ipv4Address.parse("10.9.0.1");
    private static final Ipv4Address PEER = Ipv4Address.parse("10.9.0.2");
    private final Recorder sent = new Recorder();
    private final Stack stack = new Stack(StackConfig.named("p2p"));
    private final PointToPointInterface link =
            PointToPointInterface.join(stack.ipv4(), "tun0", new Ipv4Prefix(US, 30), 600, sent);

    private void give(byte[] packet) {
        link.receive(packet, 0, packet.length, 0);
    }

    @Test
    void barePacketsAreAnsweredByBarePackets() {
        give(Frames.ipv4(PEER, US, Frames.ICMP, Frames.icmp(8, 1, 1, new byte[572])));
        assertThat(sent.frames()).hasSize(1);
        assertThat(sent.frames().get(0)).hasSize(600).startsWith(0x45);
    }

    @Test
    void nobodyIsAskedForAddresses() {
        stack.route(Ipv4Prefix.ALL, PEER);
        stack.udp()
                .bind(10)
                .send(new UdpDatagram(new byte[1])
                        .to(Ipv4Address.parse("192.0.2.1"), 9)
                        .length(1));
        assertThat(sent.frames()).hasSize(1);
        assertThat(sent.frames().get(0)).hasSize(29);
    }

    @Test
    void packetLongerThanTheMtuIsDropped() {
        give(new byte[601]);
        give(new byte[3]);
        assertThat(stack.dropped(PointToPointInterface.OVERSIZE)).isEqualTo(1);
        assertThat(stack.dropped(Ipv4Drop.TRUNCATED)).isEqualTo(1);
        assertThat(stack.counters().counters()).containsEntry("tun0.packets-received", 2L);
    }
}
