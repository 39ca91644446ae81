// SPDX-License-Identifier: MIT
package picorn.netstack.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picorn.netstack.host.HostStack;
import picorn.netstack.host.namespace.InNetworkNamespace;
import picorn.netstack.host.namespace.Shell;
import picorn.netstack.icmp.PingResult;
import picorn.netstack.icmp.PingSocket;
import picorn.netstack.ip.SendResult;

/** ICMP beside the Linux kernel. */
@InNetworkNamespace
@Timeout(30)
class KernelPingTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void pingsOfManyFragmentsAreAnsweredBothWays() throws Exception {
        try (KernelNetwork network = KernelNetwork.named("ping-fragments")) {
            assertThat(Shell.run("ping -n -c 5 -i 0.05 -s 60000 " + KernelNetwork.US))
                    .contains("5 received, 0% packet loss");
            HostStack host = network.host();
            PingSocket ping = host.call(stack -> stack.icmp().ping());
            for (int length : new int[] {0, 56, 1472, 1473, 60_000}) {
                SendResult sent = host.call(stack -> ping.send(KernelNetwork.kernel(), length, SECOND));
                assertThat(sent).isEqualTo(SendResult.SENT);
                PingResult result = host.await(stack -> ping.result(), Duration.ofSeconds(5));
                assertThat(result.outcome()).as("echo of %d octets", length).isEqualTo(PingResult.Outcome.ANSWERED);
            }
        }
        Wireshark.judge("ping-fragments");
    }

    @Test
    void kernelIsAnswered() throws Exception {
        try (KernelNetwork network = KernelNetwork.named("ping")) {
            assertThat(Shell.run("ping -n -c 20 -i 0.01 " + KernelNetwork.US)).contains("20 received, 0% packet loss");
            String trace = Shell.run("tracepath -n " + KernelNetwork.US);
            assertThat(trace).contains("pmtu 1500").contains("10.0.9.2").contains("reached");
            assertThat(network.counters())
                    .containsKey("drop.udp.port-closed")
                    .doesNotContainKey("drop.icmp.bad-checksum");
        }
        Wireshark.judge("ping");
    }
}
