// SPDX-License-Identifier: MIT
package picorn.netstack.context;

/** What the layers of one stack share: its time, its randomness, its memory, its drop counters. */
public final class StackContext {
    private final RandomSource random;
    private final MemoryBudget budget;
    private final PacketPool packets;
    private final Counters counters = new Counters();
    private final DropCounters drops = new DropCounters();
    private long now;
    private boolean inside;
    private Runnable atEnd = () -> {};

    /**
     * The context of a new stack, at time 0.
     *
     * @param random where identifiers and ports are drawn from
     * @param budget what memory is drawn from
     * @param packetCapacity octets of the largest packet with all its headers
     */
    public StackContext(RandomSource random, MemoryBudget budget, int packetCapacity) {
        this.random = random;
        this.budget = budget;
        packets = new PacketPool(budget, packetCapacity);
    }

    /**
     * Begins a call from outside; time never runs back.
     *
     * @param time nanoseconds
     * @throws IllegalStateException if such a call is in progress: two stacks have been joined without a wire
     */
    public void enter(long time) {
        if (inside) {
            throw new IllegalStateException(
                    "a stack was called from within its own output; join its interface to others by a Wire");
        }
        inside = true;
        now = Math.max(now, time);
    }

    /** Ends a call from outside: what was put off to its end is done first. */
    public void leave() {
        try {
            atEnd.run();
        } finally {
            inside = false;
        }
    }

    /**
     * Says what is done at the end of each call from outside, such as telling users of sockets what has changed.
     *
     * @param action what is done; it may call any socket
     */
    public void atEnd(Runnable action) {
        atEnd = action;
    }

    /**
     * The time of the call in progress, or of the last one.
     *
     * @return nanoseconds
     */
    public long now() {
        return now;
    }

    /**
     * Where identifiers and ports are drawn from.
     *
     * @return the source
     */
    public RandomSource random() {
        return random;
    }

    /**
     * What memory is drawn from.
     *
     * @return the budget
     */
    public MemoryBudget budget() {
        return budget;
    }

    /**
     * Buffers for packets that are sent or wait to be.
     *
     * @return the pool
     */
    public PacketPool packets() {
        return packets;
    }

    /**
     * The counter of a name.
     *
     * @param name dotted, layer first
     * @return always the same one
     */
    public Counter counter(String name) {
        return counters.of(name);
    }

    /**
     * What is counted, for reports.
     *
     * @return the counters
     */
    public Counters counters() {
        return counters;
    }

    /**
     * Packets dropped, by reason.
     *
     * @return the counters
     */
    public DropCounters drops() {
        return drops;
    }
}
