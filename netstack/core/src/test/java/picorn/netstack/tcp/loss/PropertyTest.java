// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.loss;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picorn.netstack.tcp.TcpModules;

/**
 * Whatever the network does to segments and the users do to sockets, each side reads exactly what the other has written, or a
 * beginning of it and a failure.
 */
class PropertyTest {
    private static final int SEEDS = Integer.getInteger("picorn.property.seeds", 10_000);
    private static final long FIRST = Long.getLong("picorn.property.first", 1);

    @Test
    @Tag("slow")
    void anyInterleavingDeliversTheExactOctetsOrACleanError() {
        run(FIRST, SEEDS, TcpModules.full());
    }

    @Test
    @Tag("slow")
    void soDoesTheLeastOfStacks() {
        run(FIRST, SEEDS, TcpModules.minimal());
    }

    @Test
    @Tag("demand")
    void aMillionInterleavingsDeliverTheExactOctetsOrACleanError() {
        run(1_000_000, 1_000_000, TcpModules.full());
    }

    private static void run(long first, int seeds, TcpModules modules) {
        for (long seed = first; seed < first + seeds; seed++) {
            try {
                new Interleaving(new SplittableRandom(seed), modules, seed).run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
