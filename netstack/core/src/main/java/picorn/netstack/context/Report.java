// SPDX-License-Identifier: MIT
package picorn.netstack.context;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Counters under stable names, in the order in which they were added. */
public final class Report {
    private final Map<String, Long> counters = new LinkedHashMap<>();

    /**
     * Adds a counter.
     *
     * @param name dotted, layer first
     * @param value its value
     * @return this
     */
    public Report add(String name, long value) {
        counters.put(name, value);
        return this;
    }

    /**
     * The counters by name.
     *
     * @return a view that cannot be changed
     */
    public Map<String, Long> counters() {
        return Collections.unmodifiableMap(counters);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        counters.forEach((name, value) -> text.append(String.format(Locale.ROOT, "%-32s %14d\n", name, value)));
        return text.toString();
    }
}
