// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import picorn.netstack.link.ImpairmentConfig;
import picorn.netstack.tcp.CongestionAlgorithm;
import picorn.netstack.tcp.TcpConfig;

/** Transfers over every kind of bad network deliver every octet, and fast enough. */
class LossSimulatorTest {
    private static final long MS = 1_000_000;
    private static final long HOURS = 10 * 3600 * Duel.SECOND;
    private static final int SEEDS = 3;
    private static final int[] LOSSES = {0, 1, 5, 10, 30};

    /** smoltcp 0.11 at 0, 1 and 5 %, and twice as much at 10 and 30 %, in octets a second. */
    private static final Map<Integer, Long> LEAST =
            Map.of(0, 322_945L, 1, 219_670L, 5, 76_626L, 10, 75_550L, 30, 2_312L);

    private static ImpairmentConfig percent(int loss) {
        return ImpairmentConfig.NONE.loss(loss * 10_000);
    }

    private static TcpConfig buffers(int octets, CongestionAlgorithm congestion) {
        return TcpConfig.DEFAULT
                .sendBuffer(octets)
                .receiveBuffer(octets)
                .congestion(congestion)
                .userTimeout(HOURS);
    }

    @TestFactory
    Stream<DynamicTest> everyCellDelivers() {
        List<DynamicTest> cells = new ArrayList<>();
        for (int loss : LOSSES) {
            for (int reorder : new int[] {0, 5}) {
                for (int duplicate : new int[] {0, 2}) {
                    for (long rtt : new long[] {2 * MS, 100 * MS}) {
                        for (int buffer : new int[] {4096, 32768}) {
                            ImpairmentConfig network = percent(loss)
                                    .reorder(reorder * 10_000)
                                    .duplicate(duplicate * 10_000)
                                    .delay(rtt / 2);
                            String name = "loss " + loss + " % reorder " + reorder + " % duplicate " + duplicate
                                    + " % rtt " + rtt / MS + " ms buffer " + buffer;
                            cells.add(DynamicTest.dynamicTest(name, () -> delivers(network, buffer)));
                        }
                    }
                }
            }
        }
        return cells.stream();
    }

    private static void delivers(ImpairmentConfig network, int buffer) {
        for (CongestionAlgorithm algorithm : CongestionAlgorithm.values()) {
            Transfer transfer = new Transfer(network, buffers(buffer, algorithm), 150_000, 9).run(HOURS);
            assertThat(transfer.isComplete())
                    .as("%s with %s, seed 9", transfer, algorithm)
                    .isTrue();
        }
    }

    @TestFactory
    Stream<DynamicTest> withoutCongestionControlItIsAsFastAsTheFactsFileAsks(TestReporter reporter) {
        return IntStream.of(LOSSES)
                .mapToObj(loss -> DynamicTest.dynamicTest("loss " + loss + " %", () -> fastEnough(loss, reporter)));
    }

    private static void fastEnough(int loss, TestReporter reporter) {
        for (CongestionAlgorithm algorithm : CongestionAlgorithm.values()) {
            long speed = speed(loss, algorithm);
            reporter.publishEntry("octets a second at " + loss + " % loss with " + algorithm, String.valueOf(speed));
            if (algorithm == CongestionAlgorithm.NONE) {
                assertThat(speed).isGreaterThanOrEqualTo(LEAST.get(loss));
            }
        }
    }

    /** The mean over seeds, 32 KiB of buffers and a round trip of 100 ms. */
    static long speed(int loss, CongestionAlgorithm algorithm) {
        long sum = 0;
        int octets = loss >= 30 ? 1024 * 1024 : 10 * 1024 * 1024;
        for (int seed = 1; seed <= SEEDS; seed++) {
            Transfer transfer =
                    new Transfer(percent(loss).delay(50 * MS), buffers(32768, algorithm), octets, seed).run(HOURS);
            assertThat(transfer.isComplete()).as("%s, seed %d", transfer, seed).isTrue();
            sum += transfer.speed();
        }
        return sum / SEEDS;
    }
}
