// SPDX-License-Identifier: MIT
package picorn.netstack.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Station.OUR_MAC;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.PEER_MAC;
import static picorn.netstack.testing.Station.US;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.ip.Forwarder;
import picorn.netstack.ip.PathMtuCache;
import picorn.netstack.link.Network;
import picorn.netstack.link.Wire;
import picorn.netstack.service.UserGateway;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Router;

class AllocationTest {
    private static final int PACKETS = 100_000;
    private static final long INTERVAL = 20_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Wire wire = new Wire();
    private final UserGateway gateway = UserGateway.on(wire.b(), 1);
    private final Network network = new Network(wire, gateway);
    private long answers;
    private long now;

    AllocationTest() {
        wire.a().connect((frame, offset, length, time) -> answers++);
    }

    private static byte[] frame(int protocol, byte[] message) {
        return Frames.ethernet(OUR_MAC, PEER_MAC, EthernetHeader.IPV4, Frames.ipv4(PEER, US, protocol, message));
    }

    private void exchange(byte[] frame, int packets) {
        for (int i = 0; i < packets; i++) {
            now += INTERVAL;
            wire.a().receive(frame, 0, frame.length, now);
            network.poll(now);
        }
    }

    private double octetsPerPacket(byte[] frame) {
        byte[] request =
                Frames.ethernet(OUR_MAC, PEER_MAC, EthernetHeader.ARP, Frames.arp(1, PEER_MAC, PEER, PEER_MAC, US));
        exchange(request, 1);
        exchange(frame, PACKETS / 5);
        answers = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        exchange(frame, PACKETS);
        long after = threads.getCurrentThreadAllocatedBytes();
        assertThat(answers).isEqualTo(PACKETS);
        return (double) (after - before) / PACKETS;
    }

    @Test
    void answeringPingsAllocatesNothing() {
        assertThat(octetsPerPacket(frame(Frames.ICMP, Frames.icmp(8, 1, 1, new byte[56]))))
                .isLessThan(0.1);
    }

    @Test
    void echoingDatagramsAllocatesNothing() {
        byte[] datagram = Frames.udp(PEER, 5000, US, 7, new byte[56]);
        assertThat(octetsPerPacket(frame(Frames.UDP, datagram))).isLessThan(0.1);
    }

    @Test
    void forwardingAllocatesNothing() {
        Router router = new Router(1500);
        Forwarder.join(router.stack().ipv4());
        PathMtuCache.join(router.stack().ipv4());
        byte[] packet = Frames.ipv4(Router.A, Router.B, Frames.UDP, new byte[100]);
        byte[] frame = Frames.ethernet(router.left().mac(), Router.A_MAC, EthernetHeader.IPV4, packet);
        long[] forwarded = new long[1];
        router.toB().counting(forwarded);
        for (int i = 0; i < PACKETS / 5; i++) {
            router.left().receive(frame, 0, frame.length, i);
        }
        forwarded[0] = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10 * PACKETS; i++) {
            router.left().receive(frame, 0, frame.length, i);
        }
        long after = threads.getCurrentThreadAllocatedBytes();
        assertThat(forwarded[0]).isEqualTo(10L * PACKETS);
        assertThat((double) (after - before) / (10 * PACKETS)).isLessThan(0.1);
    }

    @Test
    void droppingAllocatesNothing() {
        byte[] bad = Frames.udp(PEER, 5000, US, 7, new byte[56]);
        bad[8]++;
        byte[] frame = frame(Frames.UDP, bad);
        exchange(frame, PACKETS / 5);
        long before = threads.getCurrentThreadAllocatedBytes();
        exchange(frame, PACKETS);
        assertThat((double) (threads.getCurrentThreadAllocatedBytes() - before) / PACKETS)
                .isLessThan(0.1);
        assertThat(answers).isZero();
    }
}
