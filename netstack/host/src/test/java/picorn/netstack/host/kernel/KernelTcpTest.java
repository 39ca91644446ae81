// SPDX-License-Identifier: MIT
package picorn.netstack.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picorn.netstack.host.namespace.InNetworkNamespace;

/** TCP beside the Linux kernel over TAP. */
@InNetworkNamespace
@Timeout(20)
class KernelTcpTest extends KernelTcp {
    KernelTcpTest() {
        super("tcp", 10 * MEGABYTE, 50_000);
    }

    @Override
    KernelNetwork connect(String name) throws Exception {
        return KernelNetwork.named(name);
    }

    @Test
    void iperfReceivesFromUsOverFourConnections() throws Exception {
        assertThat(tcp.iperf("-t 1 -R -P 4")).contains("[SUM]").contains("iperf Done");
    }
}
