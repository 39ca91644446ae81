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
import picorn.netstack.host.namespace.Shell;

/** TCP and ICMP beside the Linux kernel over a link that loses, doubles, delays and mixes up frames in both directions. */
@InNetworkNamespace
@Timeout(25)
class KernelTcpImpairedTest {
    private static final String BAD = "loss=1%,duplicate=1%,reorder=2%,corrupt=0.1%,delay=2ms,jitter=1ms";
    private static final long SEED = 5;
    private static final int MEGABYTE = 1_000_000;

    private String name;
    private KernelNetwork network;
    private TcpScenarios tcp;

    @BeforeEach
    void connect(TestInfo test) throws Exception {
        name = "bad-" + test.getTestMethod().orElseThrow().getName();
        network = KernelNetwork.impaired(name, BAD, SEED);
        tcp = new TcpScenarios(network);
    }

    @AfterEach
    void judge() throws Exception {
        network.close();
        Wireshark.judge(name);
    }

    @Test
    void octetsPassBothWaysWhenTheKernelConnects() throws Exception {
        tcp.kernelConnectsAndBothSend(2 * MEGABYTE);
    }

    @Test
    void octetsPassBothWaysWhenWeConnect() throws Exception {
        tcp.weConnectAndBothSend(2 * MEGABYTE);
    }

    @Test
    void twoHundredConnectionsOfTheKernelAreServedAtOnce() throws Exception {
        tcp.kernelOpensConnections(200, 10_000);
    }

    @Test
    void kernelServesTwoHundredConnectionsOfOurs() throws Exception {
        tcp.weOpenConnections(200, 10_000);
    }

    @Test
    void curlFetchesAndBringsAFile(@TempDir Path folder) throws Exception {
        tcp.curlFetchesAndBrings(folder, MEGABYTE);
    }

    @Test
    void iperfRunsBothWays() throws Exception {
        assertThat(tcp.iperf("-t 1")).contains("iperf Done");
        assertThat(tcp.iperf("-t 1 -R")).contains("iperf Done");
    }

    @Test
    void mostPingsOfManyFragmentsAreAnswered() throws Exception {
        String says = Shell.run("ping -n -c 20 -i 0.02 -W 1 -s 10000 " + KernelNetwork.US);
        assertThat(says).containsPattern("20 packets transmitted, (1\\d|20) received");
    }
}
