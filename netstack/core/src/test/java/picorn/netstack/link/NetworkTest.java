// SPDX-License-Identifier: MIT
package picorn.netstack.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picorn.netstack.address.Ipv4Prefix;
import picorn.netstack.context.Timed;
import picorn.netstack.ethernet.EthernetConfig;
import picorn.netstack.stack.Stack;
import picorn.netstack.stack.StackConfig;
import picorn.netstack.testing.Recorder;
import picorn.netstack.testing.Station;

class NetworkTest {
    @Test
    void framesOverTwoWiresArriveAtTheSameTimesHoweverOftenOnePolls() {
        assertThat(arrivals(1_000_000)).isEqualTo(arrivals(7)).hasSize(3);
    }

    @Test
    void timersRunAtTheirTimesHoweverSeldomOnePolls() {
        Wire wire = new Wire();
        List<Long> requests = new ArrayList<>();
        wire.tap((direction, frame, offset, length, now) -> requests.add(now));
        Stack stack = new Stack(StackConfig.named("host"));
        stack.attach(new EthernetConfig("eth0", Station.OUR_MAC, new Ipv4Prefix(Station.US, 24)), wire.a());
        stack.icmp().ping().send(Station.PEER, 0, 1);
        new Network(wire, stack).poll(10 * Station.SECOND);
        assertThat(requests).containsExactly(0L, Station.SECOND, 2 * Station.SECOND);
        assertThat(stack.now()).isEqualTo(10 * Station.SECOND);
    }

    /** A repeater between two wires; the times at which three frames come out at the far end. */
    private static List<Long> arrivals(long step) {
        Wire near = new Wire();
        Wire far = new Wire();
        Recorder out = new Recorder();
        near.b().connect(far.a());
        far.b().connect(out);
        Network network = new Network(far, near);
        for (int i = 0; i < 3; i++) {
            near.a().receive(new byte[60 + 100 * i], 0, 60 + 100 * i, 0);
        }
        for (long now = 0; now <= 1_000_000; now += step) {
            network.poll(now);
        }
        network.poll(1_000_001);
        assertThat(network.deadline()).isEqualTo(Timed.NEVER);
        return out.times();
    }
}
