// SPDX-License-Identifier: MIT
package picorn.netstack.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * How fast TCP carries octets between two stacks of one thread; prints for each round the seconds of the wall and of
 * the processor, which differ where other programs want it too.
 *
 * <p>Arguments: octets a round, rounds, octets of each buffer.
 */
public final class TcpLoopback {
    private TcpLoopback() {}

    /** Measures. */
    public static void main(String[] arguments) {
        long octets = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1L << 30;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        int buffers = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 65_535;
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        TcpTransfer transfer = new TcpTransfer(buffers);
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            long cpu = threads.getCurrentThreadCpuTime();
            long frames = transfer.frames();
            long carried = transfer.carry(octets);
            double seconds = (System.nanoTime() - start) / 1e9;
            double busy = (threads.getCurrentThreadCpuTime() - cpu) / 1e9;
            System.out.printf(
                    "%.3f s, %.3f s of the processor: %.2f Gbit/s, %d frames%n",
                    seconds, busy, carried * 8 / busy / 1e9, transfer.frames() - frames);
        }
    }
}
