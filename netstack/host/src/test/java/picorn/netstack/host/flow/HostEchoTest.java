// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.address.MacAddress;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.host.HostStack;
import picorn.netstack.host.TapDevice;
import picorn.netstack.host.namespace.InNetworkNamespace;
import picorn.netstack.host.namespace.Shell;
import picorn.netstack.icmp.PingResult;
import picorn.netstack.icmp.PingSocket;
import picorn.netstack.stack.StackConfig;

/** A guest that pings a host 10.0.9.2 beyond this one, whose kernel is 10.0.9.1 there. */
@InNetworkNamespace
@Timeout(60)
class HostEchoTest {
    private static final Path ALLOWED = Path.of("/proc/sys/net/ipv4/ping_group_range");
    private static final long SECOND = 1_000_000_000L;

    static HostStack neighbour() throws Exception {
        TapDevice tap = TapDevice.open("tap0");
        Shell.run("ip addr add 10.0.9.1/24 dev tap0");
        Shell.run("ip link set lo up");
        Shell.run("ip link set tap0 up");
        return HostStack.start(
                StackConfig.named("neighbour").seed(3).memory(4 << 20),
                new EthernetConfig("eth0", MacAddress.parse("02:00:00:00:09:02"), Ipv4Prefix.parse("10.0.9.2/24")),
                tap);
    }

    private static long echoes(HostStack neighbour) throws IOException {
        long echoes = neighbour.call(stack -> stack.counters().counters().getOrDefault("icmp.echoes-received", 0L));
        return echoes;
    }

    static PingResult ping(Scene scene, String address, int length) {
        PingSocket ping = scene.guest.icmp().ping();
        ping.send(Ipv4Address.parse(address), length, 60 * SECOND);
        PingResult[] result = new PingResult[1];
        scene.until(() -> {
            Optional<PingResult> come = ping.result();
            come.ifPresent(found -> result[0] = found);
            return come.isPresent();
        });
        ping.close();
        return result[0];
    }

    @Test
    void echoesPassWhereTheHostAllowsThem() throws Exception {
        Files.writeString(ALLOWED, "0 0");
        try (HostStack neighbour = neighbour();
                Scene scene = new Scene(HostAccess.OUTSIDE).start()) {
            for (int length : new int[] {0, 56, 1472}) {
                assertThat(ping(scene, "10.0.9.2", length).outcome())
                        .as("%d octets", length)
                        .isEqualTo(PingResult.Outcome.ANSWERED);
            }
            assertThat(echoes(neighbour)).isEqualTo(3L);
            assertThat(scene.host.flows()).isZero();
            assertThat(scene.host.isOpen()).isFalse();
        }
    }

    @Test
    void hostItselfIsNotPinged() throws Exception {
        Files.writeString(ALLOWED, "0 0");
        try (HostStack neighbour = neighbour();
                Scene scene = new Scene(HostAccess.OUTSIDE).start()) {
            assertThat(ping(scene, "10.0.9.1", 56).outcome()).isEqualTo(PingResult.Outcome.FAILED);
            assertThat(ping(scene, "169.254.169.254", 56).outcome()).isEqualTo(PingResult.Outcome.FAILED);
            assertThat(echoes(neighbour)).isEqualTo(0L);
        }
    }

    @Test
    void restrictedGuestPingsNobody() throws Exception {
        Files.writeString(ALLOWED, "0 0");
        HostAccess restricted = new HostAccess(HostAccess.Others.RESTRICTED, HostAccess.Loopback.HIDDEN);
        try (HostStack neighbour = neighbour();
                Scene scene = new Scene(restricted).start()) {
            assertThat(ping(scene, "10.0.9.2", 56).outcome()).isEqualTo(PingResult.Outcome.FAILED);
            assertThat(ping(scene, "10.0.2.2", 56).outcome()).isEqualTo(PingResult.Outcome.ANSWERED);
            assertThat(echoes(neighbour)).isEqualTo(0L);
        }
    }
}
