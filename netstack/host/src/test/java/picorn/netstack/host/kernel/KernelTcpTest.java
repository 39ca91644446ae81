// SPDX-License-Identifier: MIT
package picorn.netstack.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picorn.netstack.host.namespace.InNetworkNamespace;

/** TCP beside the Linux kernel over TAP. */
@InNetworkNamespace
@Timeout(20)
class KernelTcpTest {
    private static final int MEGABYTE = 1_000_000;

    private String name;
    private KernelNetwork network;
    private TcpScenarios tcp;

    @BeforeEach
    void connect(TestInfo test) throws Exception {
        name = "tcp-" + test.getTestMethod().orElseThrow().getName();
        network = KernelNetwork.named(name);
        tcp = new TcpScenarios(network);
    }

    @AfterEach
    void judge() throws Exception {
        network.close();
        Wireshark.judge(name);
    }

    @Test
    void octetsPassBothWaysWhenTheKernelConnects() throws Exception {
        tcp.kernelConnectsAndBothSend(10 * MEGABYTE);
    }

    @Test
    void octetsPassBothWaysWhenWeConnect() throws Exception {
        tcp.weConnectAndBothSend(10 * MEGABYTE);
    }

    @Test
    void twoHundredConnectionsOfTheKernelAreServedAtOnce() throws Exception {
        tcp.kernelOpensConnections(200, 50_000);
    }

    @Test
    void kernelServesTwoHundredConnectionsOfOurs() throws Exception {
        tcp.weOpenConnections(200, 50_000);
    }

    @Test
    void curlFetchesAndBringsAFile(@TempDir Path folder) throws Exception {
        tcp.curlFetchesAndBrings(folder, 2 * MEGABYTE);
    }

    @Test
    void iperfSendsToUs() throws Exception {
        assertThat(tcp.iperf("-t 1")).contains("receiver").contains("iperf Done");
    }

    @Test
    void iperfReceivesFromUsOverFourConnections() throws Exception {
        assertThat(tcp.iperf("-t 1 -R -P 4")).contains("[SUM]").contains("iperf Done");
    }
}
