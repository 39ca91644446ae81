// SPDX-License-Identifier: MIT
package picorn.netstack.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.host.HostStack;
import picorn.netstack.host.namespace.InNetworkNamespace;
import picorn.netstack.host.namespace.Shell;
import picorn.netstack.pointtopoint.PointToPointInterface;
import picorn.netstack.stack.Stack;
import picorn.netstack.udp.UdpDatagram;
import picorn.netstack.udp.UdpSocket;

/** Our stack as the Linux kernel's router, and what it tells of packets that do not pass. */
@InNetworkNamespace
@Timeout(60)
class KernelRoutingTest {
    /** A link of 1000 octets behind the router, whose packets nobody answers. */
    private static Stack addNarrowLink(Stack stack) {
        PointToPointInterface.join(
                stack.ipv4(), "narrow", Ipv4Prefix.parse("198.51.100.1/24"), 1000, (packet, offset, length, now) -> {});
        return stack;
    }

    /** What a command says that ends with 1. */
    private static String unanswered(String command) throws Exception {
        Process process = Shell.start(command);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s says: %s", command, said).isEqualTo(1);
        return said;
    }

    private static void route(String network) throws Exception {
        Shell.run("ip route add " + network + " via " + KernelNetwork.US);
    }

    @Test
    void kernelIsToldOfHopsMtusAndNetworks() throws Exception {
        try (KernelNetwork network = KernelNetwork.named("routing")) {
            network.host().call(KernelRoutingTest::addNarrowLink);
            route("198.51.100.0/24");
            route("192.0.2.0/24");
            assertThat(unanswered("ping -n -c 1 -t 1 198.51.100.9"))
                    .contains("From 10.0.9.2")
                    .contains("Time to live exceeded");
            assertThat(unanswered("ping -n -c 1 192.0.2.9")).contains("Destination Net Unreachable");
            assertThat(unanswered("ping -n -c 1 -W 1 -M do -s 1200 198.51.100.9"))
                    .contains("mtu = 1000");
            assertThat(Shell.run("ip route get 198.51.100.9")).contains("mtu 1000");
            assertThat(network.counters()).containsEntry("drop.ipv4.hops-exceeded", 1L);
        }
        Wireshark.judge("routing");
    }

    @Test
    void kernelsRecordedRoutesAndTimesAreAnswered() throws Exception {
        try (KernelNetwork network = KernelNetwork.named("options")) {
            assertThat(network.host()).isNotNull();
            assertThat(Shell.run("ping -n -c 1 -R " + KernelNetwork.US))
                    .contains("RR:")
                    .contains("10.0.9.2");
            assertThat(Shell.run("ping -n -c 1 -T tsandaddr " + KernelNetwork.US))
                    .contains("TS:")
                    .contains("10.0.9.2");
        }
        Wireshark.judge("options");
    }

    @Test
    void errorsOfTheKernelReachOurSockets() throws Exception {
        try (KernelNetwork network = KernelNetwork.named("errors")) {
            HostStack host = network.host();
            UdpSocket socket = host.call(stack -> stack.udp().bind(1000));
            host.call(stack -> socket.send(
                    new UdpDatagram(new byte[1]).to(KernelNetwork.kernel(), 9).length(1)));
            assertThat(host.await(stack -> socket.takeError(), Duration.ofSeconds(5))
                            .kind())
                    .hasToString("PORT_UNREACHABLE");
        }
        Wireshark.judge("errors");
    }

    @Test
    void groupOfOursIsReachedByTheKernel() throws Exception {
        try (KernelNetwork network = KernelNetwork.named("groups")) {
            HostStack host = network.host();
            UdpSocket socket = host.call(stack -> stack.udp().bind(5000, 4000));
            host.call(stack -> socket.join(network.link(), Ipv4Address.parse("239.1.2.3")));
            Shell.run("ip route add 224.0.0.0/4 dev tap0");
            UdpDatagram received = new UdpDatagram(new byte[100]);
            try (DatagramSocket kernel = new DatagramSocket()) {
                kernel.send(new DatagramPacket(new byte[5], 5, InetAddress.getByName("239.1.2.3"), 5000));
            }
            host.await(
                    stack -> socket.receive(received) ? Optional.of(received) : Optional.empty(),
                    Duration.ofSeconds(5));
            assertThat(received.length()).isEqualTo(5);
        }
        Wireshark.judge("groups");
    }
}
