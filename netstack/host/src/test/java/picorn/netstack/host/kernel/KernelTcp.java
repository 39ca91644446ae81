// SPDX-License-Identifier: MIT
package picorn.netstack.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What TCP does beside the Linux kernel, whatever the link is like. */
abstract class KernelTcp {
    static final int MEGABYTE = 1_000_000;

    private final String link;
    private final int octets;
    private final int octetsOfMany;
    private String name;
    private KernelNetwork network;
    TcpScenarios tcp;

    /**
     * Tests over a link.
     *
     * @param link in the names of captures
     * @param octets that one connection carries each way
     * @param octetsOfMany that each of many connections carries
     */
    KernelTcp(String link, int octets, int octetsOfMany) {
        this.link = link;
        this.octets = octets;
        this.octetsOfMany = octetsOfMany;
    }

    /** A link to the kernel. */
    abstract KernelNetwork connect(String name) throws Exception;

    @BeforeEach
    void connect(TestInfo test) throws Exception {
        name = link + "-" + test.getTestMethod().orElseThrow().getName();
        network = connect(name);
        tcp = new TcpScenarios(network);
    }

    @AfterEach
    void judge() throws Exception {
        network.close();
        Wireshark.judge(name);
    }

    @Test
    void octetsPassBothWaysWhenTheKernelConnects() throws Exception {
        tcp.kernelConnectsAndBothSend(octets);
    }

    @Test
    void octetsPassBothWaysWhenWeConnect() throws Exception {
        tcp.weConnectAndBothSend(octets);
    }

    @Test
    void twoHundredConnectionsOfTheKernelAreServedAtOnce() throws Exception {
        tcp.kernelOpensConnections(200, octetsOfMany);
    }

    @Test
    void kernelServesTwoHundredConnectionsOfOurs() throws Exception {
        tcp.weOpenConnections(200, octetsOfMany);
    }

    @Test
    void curlFetchesAndBringsAFile(@TempDir Path folder) throws Exception {
        tcp.curlFetchesAndBrings(folder, Math.min(octets, 2 * MEGABYTE));
    }

    @Test
    void iperfSendsToUs() throws Exception {
        assertThat(tcp.iperf("-t 1")).contains("receiver").contains("iperf Done");
    }

    @Test
    void iperfReceivesFromUs() throws Exception {
        assertThat(tcp.iperf("-t 1 -R")).contains("iperf Done");
    }
}
