// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.netstack.testing.Station.OUR_MAC;
import static picorn.netstack.testing.Station.PEER;
import static picorn.netstack.testing.Station.PEER_MAC;
import static picorn.netstack.testing.Station.US;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.ethernet.EthernetHeader;
import picorn.netstack.ethernet.EthernetInterface;
import picorn.netstack.link.ImpairmentConfig;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;
import picorn.netstack.tcp.CongestionAlgorithm;
import picorn.netstack.tcp.TcpConfig;
import picorn.netstack.tcp.TcpSocket;
import picorn.netstack.testing.Frames;
import picorn.netstack.testing.Station;

/** Forwarding and bulk TCP do without the garbage collector. */
class SteadyStateTest {
    private static final int PACKETS = 1_000_000;
    private static final int WARM_UP = 200_000;
    private static final double MOST = 0.1;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final byte[] octets = new byte[8192];

    @Test
    @Tag("slow")
    void bulkTransfersAllocateNothing() {
        assertThat(octetsPerSegment(ImpairmentConfig.NONE.delay(100_000), CongestionAlgorithm.CUBIC))
                .isLessThan(MOST);
    }

    @Test
    @Tag("slow")
    void recoveringFromLossAllocatesNothing() {
        assertThat(octetsPerSegment(ImpairmentConfig.NONE.delay(100_000).loss(10_000), CongestionAlgorithm.NEW_RENO))
                .isLessThan(MOST);
    }

    private double octetsPerSegment(ImpairmentConfig network, CongestionAlgorithm algorithm) {
        TcpConfig config = TcpConfig.DEFAULT.congestion(algorithm);
        Duel duel = new Duel(network, config, 1024 * 1024, 1);
        while (duel.sender.writable() == 0) {
            duel.step(Duel.SECOND);
        }
        TcpSocket[] receiver = new TcpSocket[1];
        while (receiver[0] == null) {
            duel.step(60 * Duel.SECOND);
            duel.listener.accept().ifPresent(socket -> receiver[0] = socket);
        }
        pump(duel, receiver[0], WARM_UP);
        long before = threads.getCurrentThreadAllocatedBytes();
        long packets = pump(duel, receiver[0], PACKETS);
        return (double) (threads.getCurrentThreadAllocatedBytes() - before) / packets;
    }

    private long pump(Duel duel, TcpSocket receiver, long packets) {
        long moved = 0;
        while (moved / 1448 < packets) {
            duel.sender.write(octets, 0, octets.length);
            duel.step(Long.MAX_VALUE - 1);
            for (int count = 1; count > 0; ) {
                count = receiver.read(octets, 0, octets.length);
                moved += Math.max(count, 0);
            }
        }
        return moved / 1448;
    }

    @Test
    @Tag("slow")
    void forwardingAllocatesNothing() {
        long[] out = new long[1];
        Stack router = new Stack(StackConfig.full().called("router").seed(1));
        EthernetInterface near = router.attach(
                new EthernetConfig("eth0", OUR_MAC, new Ipv4Prefix(US, 24)), (frame, offset, length, now) -> out[0]++);
        MacAddress farMac = new MacAddress(0x02_00_00_00_00_77L);
        Ipv4Address farUs = Ipv4Address.parse("192.168.1.1");
        Ipv4Address far = Ipv4Address.parse("192.168.1.2");
        EthernetInterface eth1 = router.attach(
                new EthernetConfig("eth1", farMac, new Ipv4Prefix(farUs, 24)),
                (frame, offset, length, now) -> out[0]++);
        router.poll(10 * Duel.SECOND);
        byte[] request = Frames.ethernet(
                farMac, PEER_MAC, EthernetHeader.ARP, Frames.arp(1, PEER_MAC, far, Station.NOBODY, farUs));
        byte[] packet = Frames.ipv4(PEER, far, Frames.UDP, Frames.udp(PEER, 5000, far, 7, new byte[56]));
        byte[] frame = Frames.ethernet(OUR_MAC, PEER_MAC, EthernetHeader.IPV4, packet);
        eth1.receive(request, 0, request.length, router.now());
        forward(router, near, frame, WARM_UP);
        out[0] = 0;
        long before = threads.getCurrentThreadAllocatedBytes();
        forward(router, near, frame, PACKETS);
        double each = (double) (threads.getCurrentThreadAllocatedBytes() - before) / PACKETS;
        assertThat(out[0]).isGreaterThanOrEqualTo(PACKETS);
        assertThat(each).isLessThan(MOST);
    }

    private static void forward(Stack router, EthernetInterface in, byte[] frame, int packets) {
        for (int i = 0; i < packets; i++) {
            in.receive(frame, 0, frame.length, router.now() + 100);
        }
    }
}
