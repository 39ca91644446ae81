// SPDX-License-Identifier: MIT
package picorn.netstack.host.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picorn.netstack.host.namespace.InNetworkNamespace;
import picorn.netstack.host.namespace.Shell;

/** TCP and ICMP beside the Linux kernel over a link that loses, doubles, delays and mixes up frames in both directions. */
@InNetworkNamespace
@Timeout(25)
class KernelTcpImpairedTest extends KernelTcp {
    private static final String BAD = "loss=1%,duplicate=1%,reorder=2%,corrupt=0.1%,delay=2ms,jitter=1ms";
    private static final long SEED = 5;

    KernelTcpImpairedTest() {
        super("bad", 2 * MEGABYTE, 10_000);
    }

    @Override
    KernelNetwork connect(String name) throws Exception {
        return KernelNetwork.impaired(name, BAD, SEED);
    }

    @Test
    void mostPingsOfManyFragmentsAreAnswered() throws Exception {
        String says = Shell.run("ping -n -c 20 -i 0.02 -W 1 -s 10000 " + KernelNetwork.US);
        assertThat(says).containsPattern("20 packets transmitted, (1\\d|20) received");
    }

    @Test
    void largestPingsAreAnsweredAsFarAsTheirFragmentsCome() throws Exception {
        String says = Shell.run("ping -n -c 40 -i 0.02 -W 1 -s 60000 " + KernelNetwork.US);
        assertThat(says).containsPattern("40 packets transmitted, ([4-9]|[1-3]\\d|40) received");
    }
}
