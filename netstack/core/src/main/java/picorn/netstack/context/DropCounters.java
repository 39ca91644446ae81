// SPDX-License-Identifier: MIT
package picorn.netstack.context;

import picorn.netstack.octets.Drop;

/** How many packets a stack has dropped, by reason. */
public final class DropCounters {
    private final long[] counts = new long[Drop.values().length];

    /**
     * Counts a dropped packet.
     *
     * @param drop the reason
     */
    public void count(Drop drop) {
        counts[drop.ordinal()]++;
    }

    /**
     * How many were dropped for a reason.
     *
     * @param drop the reason
     * @return a count
     */
    public long of(Drop drop) {
        return counts[drop.ordinal()];
    }

    /**
     * How many were dropped for any reason.
     *
     * @return a count
     */
    public long total() {
        long total = 0;
        for (long count : counts) {
            total += count;
        }
        return total;
    }
}
