// SPDX-License-Identifier: MIT
package picorn.netstack.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picorn.netstack.host.namespace.InNetworkNamespace;
import picorn.netstack.host.namespace.Shell;

/** ICMP beside the Linux kernel. */
@InNetworkNamespace
@Timeout(30)
class KernelPingTest {
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
