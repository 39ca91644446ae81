// SPDX-License-Identifier: MIT
package picorn.netstack.context;

/** Something that has work to do at times; it is driven by whoever has the clock. */
public interface Timed {
    /** The deadline of something that waits for nothing. */
    long NEVER = Long.MAX_VALUE;

    /**
     * When it wants to be polled next.
     *
     * @return nanoseconds, or {@link #NEVER}; calls of its methods may bring it forward
     */
    long deadline();

    /**
     * Does what is due.
     *
     * @param now nanoseconds, never less than before
     * @return the next {@link #deadline()}, later than now
     */
    long poll(long now);
}
