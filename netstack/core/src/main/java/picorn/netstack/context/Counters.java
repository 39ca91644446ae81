// SPDX-License-Identifier: MIT
package picorn.netstack.context;

import java.util.LinkedHashMap;
import java.util.Map;

/** What one stack counts, by names that stay as they are. */
public final class Counters {
    private final Map<String, Counter> all = new LinkedHashMap<>();

    /**
     * The counter of a name, which is 0 when it is asked for first.
     *
     * @param name dotted, layer first, for example {@code udp.sent}
     * @return always the same one
     */
    public Counter of(String name) {
        return all.computeIfAbsent(name, unknown -> new Counter());
    }

    /**
     * All counters, in the order in which they were asked for first.
     *
     * @return them by their names
     */
    public Map<String, Counter> all() {
        return all;
    }
}
