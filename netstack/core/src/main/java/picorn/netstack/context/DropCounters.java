// SPDX-License-Identifier: MIT
package picorn.netstack.context;

import java.util.HashMap;
import java.util.Map;
import picorn.netstack.octets.Drop;

/** How many packets a stack has dropped, by reason. */
public final class DropCounters {
    private final Map<String, Counter> counters = new HashMap<>();

    /**
     * Counts a dropped packet.
     *
     * @param drop the reason
     */
    public void count(Drop drop) {
        counters.computeIfAbsent(drop.label(), unmet -> new Counter()).count();
    }

    /**
     * How many were dropped for a reason.
     *
     * @param drop the reason
     * @return a count
     */
    public long of(Drop drop) {
        Counter counter = counters.get(drop.label());
        return counter == null ? 0 : counter.value();
    }

    /**
     * How many were dropped for the reasons that have been met.
     *
     * @return counters by the labels of the reasons, none of them 0
     */
    public Map<String, Counter> all() {
        return counters;
    }
}
