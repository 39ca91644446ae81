// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picorn.netstack.host.HostStack;
import picorn.netstack.host.namespace.InNetworkNamespace;
import picorn.netstack.icmp.PingResult;

/** In a network namespace as it is made, nobody may use sockets for pings (icmp(7), ping_group_range). */
@InNetworkNamespace
@Timeout(60)
class HostEchoProhibitedTest {
    @Test
    void guestIsToldThatEchoesAreProhibited() throws Exception {
        try (HostStack neighbour = HostEchoTest.neighbour();
                Scene scene = new Scene(HostAccess.OUTSIDE).start()) {
            PingResult result = HostEchoTest.ping(scene, "10.0.9.2", 56);
            assertThat(result.outcome()).isEqualTo(PingResult.Outcome.FAILED);
            String report = neighbour.call(stack -> stack.report());
            assertThat(report).doesNotContain("icmp.echoes-received                       1");
        }
    }
}
