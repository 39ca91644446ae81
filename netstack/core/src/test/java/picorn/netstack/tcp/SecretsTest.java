// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picorn.netstack.context.MemoryBudget;
import picorn.netstack.context.RandomSource;
import picorn.netstack.context.StackContext;

/** What a peer must not foretell: hashes, initial sequence numbers, ports. */
class SecretsTest {
    private final Pair pair = new Pair();

    @Test
    void hashIsSipHash() {
        // The first 8 octets of the vectors of the SipHash paper's reference: key 00..0f, input 00..07.
        KeyedHash hash = new KeyedHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
        assertThat(hash.begin().end(0)).isEqualTo(0x726fdb47dd0e0e31L);
        assertThat(hash.begin().add(0x0706050403020100L).end(1)).isEqualTo(0x93f5f5799a932462L);
    }

    private static StackContext context(long seed, long now) {
        StackContext context = new StackContext(RandomSource.seeded(seed), new MemoryBudget(10_000), 1514);
        context.enter(now);
        context.leave();
        return context;
    }

    private Connection flow(int remotePort) {
        Connection c = new Connection(pair.a.tcp(), TcpConfig.DEFAULT);
        c.remotePort = remotePort;
        return c;
    }

    @Test
    void sequenceNumbersAreAClockOfFourMicrosecondsForEachFlow() {
        InitialSequence early = new InitialSequence(context(1, 0));
        InitialSequence late = new InitialSequence(context(1, 4_000_000));
        for (int port = 1; port < 100; port++) {
            assertThat(late.of(flow(port)) - early.of(flow(port)))
                    .as("RFC 6528, section 3")
                    .isEqualTo(1000);
        }
    }

    @Test
    void sequenceNumbersOfOneFlowSayNothingOfAnother() {
        InitialSequence sequence = new InitialSequence(context(1, 0));
        InitialSequence other = new InitialSequence(context(2, 0));
        Set<Integer> differences = new HashSet<>();
        for (int port = 1; port <= 1000; port++) {
            differences.add(sequence.of(flow(port)) - sequence.of(flow(port + 1)));
            assertThat(sequence.of(flow(port))).isNotEqualTo(other.of(flow(port)));
        }
        assertThat(differences).hasSize(1000);
    }

    @Test
    void portsOfOnePeerDoNotRepeatAndThoseOfAnotherAreElsewhere() {
        PortPicker picker = new PortPicker(RandomSource.seeded(5));
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            int port = picker.pick(flow(80));
            assertThat(port).isBetween(1024, 65535);
            ports.add(port);
        }
        assertThat(ports).as("RFC 6056, section 3.3.4").hasSize(10_000);
        int near = 0;
        for (int peer = 1; peer <= 200; peer++) {
            near += Math.abs(picker.pick(flow(peer)) - picker.pick(flow(peer + 1))) < 100 ? 1 : 0;
        }
        assertThat(near).isLessThan(20);
    }
}
