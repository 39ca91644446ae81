// SPDX-License-Identifier: MIT
package picorn.netstack.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;

/**
 * What JMH measures too, but in time of the processor, which holds on machines that other programs keep busy; medians of five.
 */
public final class Figures {
    private static final int ROUNDS = 5;
    private static final int BATCH = 500_000;

    private Figures() {}

    /** Measures. */
    public static void main(String[] arguments) {
        for (int length : new int[] {18, 1472}) {
            UdpEcho echo = new UdpEcho(length);
            double nanoseconds = median(() -> echo.exchange(BATCH));
            System.out.printf(
                    "UDP echo of %d octets: %.0f ns there and back, %.2f million datagrams/s%n",
                    length, nanoseconds, 2e3 / nanoseconds);
        }
        for (int count : new int[] {10, 10_000}) {
            OpenConnections connections = new OpenConnections(count);
            double nanoseconds = median(() -> {
                for (int i = 0; i < BATCH; i++) {
                    connections.exchange();
                }
            });
            System.out.printf(
                    "100 octets to one of %d connections, and their acknowledgment: %.0f ns, %.2f probes a lookup%n",
                    count, nanoseconds, connections.probesPerLookup());
        }
    }

    /** Nanoseconds of the processor for each of a batch. */
    private static double median(Runnable batch) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        batch.run();
        double[] rounds = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = threads.getCurrentThreadCpuTime();
            batch.run();
            rounds[i] = (double) (threads.getCurrentThreadCpuTime() - start) / BATCH;
        }
        Arrays.sort(rounds);
        return rounds[ROUNDS / 2];
    }
}
