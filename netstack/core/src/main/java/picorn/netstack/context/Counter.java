// SPDX-License-Identifier: MIT
package picorn.netstack.context;

/** How often something has happened, or how many of something there are. */
public final class Counter {
    private long value;

    Counter() {}

    /** Counts one. */
    public void count() {
        value++;
    }

    /**
     * Counts several.
     *
     * @param more how many; negative when there are fewer now
     */
    public void add(long more) {
        value += more;
    }

    /**
     * What has been counted.
     *
     * @return the sum
     */
    public long value() {
        return value;
    }
}
