// SPDX-License-Identifier: MIT
package picorn.netstack.context;

/** The octets that one stack may hold; every buffer, queue and table is drawn from here, and it is never exceeded. */
public final class MemoryBudget {
    private final long limit;
    private long used;
    private long peak;
    private long refusals;
    private Runnable reclaimer = () -> {};

    /**
     * A budget of which nothing is used.
     *
     * @param limit octets, 0 or more
     */
    public MemoryBudget(long limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("a memory budget is 0 octets or more, not " + limit);
        }
        this.limit = limit;
    }

    /**
     * Draws octets, if need be after what is held in reserve has been given back.
     *
     * @param octets how many, 0 or more
     * @return false, and nothing drawn, when there are not as many left
     * @throws IllegalArgumentException if the number is negative
     */
    public boolean reserve(long octets) {
        return reserve(octets, 0);
    }

    /**
     * Draws octets if enough is left for others, if need be after what is held in reserve has been given back.
     *
     * @param octets how many, 0 or more
     * @param leaving how many must be left afterwards, 0 or more
     * @return false, and nothing drawn, when there are not as many left
     * @throws IllegalArgumentException if a number is negative
     */
    public boolean reserve(long octets, long leaving) {
        if (octets < 0 || leaving < 0) {
            throw new IllegalArgumentException(
                    "0 octets or more are drawn from a budget, and left, not " + octets + " and " + leaving);
        }
        if (octets + leaving > available()) {
            reclaimer.run();
        }
        if (octets + leaving > available()) {
            refusals++;
            return false;
        }
        used += octets;
        peak = Math.max(peak, used);
        return true;
    }

    /**
     * Draws octets for something that cannot be left out.
     *
     * @param octets how many, 0 or more
     * @param what they are for, as it stands in the message
     * @throws OutOfMemoryBudget when there are not as many left
     */
    public void demand(long octets, String what) {
        if (!reserve(octets)) {
            throw new OutOfMemoryBudget(what + " takes " + octets + " octets, but of the memory budget of " + limit
                    + " only " + available() + " are left; give the stack more");
        }
    }

    /**
     * Gives octets back.
     *
     * @param octets how many of those drawn
     */
    public void release(long octets) {
        if (octets > used) {
            throw new IllegalStateException(octets + " octets given back, but only " + used + " are drawn");
        }
        used -= octets;
    }

    /**
     * Adds something that gives back what it holds in reserve when the budget runs dry.
     *
     * @param next run after those added before
     */
    public void addReclaimer(Runnable next) {
        Runnable before = reclaimer;
        reclaimer = () -> {
            before.run();
            next.run();
        };
    }

    /**
     * What may be drawn in all.
     *
     * @return octets
     */
    public long limit() {
        return limit;
    }

    /**
     * What is drawn now.
     *
     * @return octets
     */
    public long used() {
        return used;
    }

    /**
     * What can still be drawn.
     *
     * @return octets
     */
    public long available() {
        return limit - used;
    }

    /**
     * The most that has been drawn at any time.
     *
     * @return octets
     */
    public long peak() {
        return peak;
    }

    /**
     * How often something was refused.
     *
     * @return a count
     */
    public long refusals() {
        return refusals;
    }
}
