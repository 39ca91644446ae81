// SPDX-License-Identifier: MIT
package picorn.netstack.context;

/** Something that has counters to report. */
@FunctionalInterface
public interface Reported {
    /**
     * Adds its counters.
     *
     * @param report where to
     */
    void report(Report report);
}
