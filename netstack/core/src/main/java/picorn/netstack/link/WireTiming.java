// SPDX-License-Identifier: MIT
package picorn.netstack.link;

/**
 * How long frames take on a wire (IEEE 802.3, section 4.4.2: preamble, frame, check sequence, gap).
 *
 * @param bitsPerSecond the wire's rate
 * @param latency nanoseconds from the end of sending to the delivery, 1 or more
 */
public record WireTiming(long bitsPerSecond, long latency) {
    /** 100 Mbit/s and 1 µs. */
    public static final WireTiming FAST_ETHERNET = new WireTiming(100_000_000, 1_000);

    private static final int PREAMBLE = 8;
    private static final int SHORTEST_FRAME = 60;
    private static final int CHECK_SEQUENCE = 4;
    private static final int GAP = 12;

    /**
     * A rate and a latency.
     *
     * @throws IllegalArgumentException if one is not positive
     */
    public WireTiming {
        if (bitsPerSecond < 1 || latency < 1) {
            throw new IllegalArgumentException(
                    "a wire has a rate of 1 bit/s or more and a latency of 1 ns or more, not " + bitsPerSecond + " and "
                            + latency);
        }
    }

    /**
     * How long a frame keeps the wire busy.
     *
     * @param length its octets, without check sequence
     * @return nanoseconds, rounded up
     */
    public long serialization(int length) {
        long bits = 8L * (PREAMBLE + Math.max(length, SHORTEST_FRAME) + CHECK_SEQUENCE + GAP);
        return (bits * 1_000_000_000L + bitsPerSecond - 1) / bitsPerSecond;
    }
}
