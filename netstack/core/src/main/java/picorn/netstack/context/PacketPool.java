// SPDX-License-Identifier: MIT
package picorn.netstack.context;

import java.util.ArrayDeque;

/** Packet buffers of one size, drawn from the budget when first needed and used again. */
public final class PacketPool {
    private static final int OBJECT_OVERHEAD = 64;
    private static final int ALWAYS_KEPT = 2;

    private final MemoryBudget budget;
    private final int capacity;
    private final ArrayDeque<PacketBuffer> free = new ArrayDeque<>();
    private int owned;

    PacketPool(MemoryBudget budget, int capacity) {
        this.budget = budget;
        this.capacity = capacity;
        budget.demand((long) ALWAYS_KEPT * cost(), ALWAYS_KEPT + " packet buffers");
        budget.addReclaimer(this::trim);
        for (; owned < ALWAYS_KEPT; owned++) {
            free.push(new PacketBuffer(capacity));
        }
    }

    /**
     * Whether no buffer can be had.
     *
     * @return true when all are in use and the budget allows no more
     */
    public boolean isDry() {
        return free.isEmpty() && !grow();
    }

    /**
     * Takes a buffer.
     *
     * @return one that nobody else uses
     * @throws IllegalStateException if the pool {@link #isDry()}
     */
    public PacketBuffer take() {
        if (isDry()) {
            throw new IllegalStateException("the packet pool is dry; ask isDry() before");
        }
        return free.pop();
    }

    /**
     * Puts a buffer back.
     *
     * @param buffer one that was taken and is no longer used
     */
    public void giveBack(PacketBuffer buffer) {
        free.push(buffer);
    }

    /**
     * The size of each buffer.
     *
     * @return octets of packet, headroom included
     */
    public int capacity() {
        return capacity;
    }

    /**
     * How many buffers are taken and not given back.
     *
     * @return a count
     */
    public int inUse() {
        return owned - free.size();
    }

    private boolean grow() {
        if (!budget.reserve(cost())) {
            return false;
        }
        owned++;
        free.push(new PacketBuffer(capacity));
        return true;
    }

    private void trim() {
        while (owned > ALWAYS_KEPT && !free.isEmpty()) {
            free.pop();
            owned--;
            budget.release(cost());
        }
    }

    private int cost() {
        return capacity + OBJECT_OVERHEAD;
    }
}
