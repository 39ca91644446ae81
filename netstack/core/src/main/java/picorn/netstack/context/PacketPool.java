// SPDX-License-Identifier: MIT
package picorn.netstack.context;

import java.util.ArrayDeque;

/** Packet buffers of one size, drawn from the budget when first needed and used again. */
public final class PacketPool {
    private static final int OBJECT_OVERHEAD = 64;
    private static final int ALWAYS_KEPT = 2;

    private final MemoryBudget budget;
    private final ArrayDeque<PacketBuffer> free = new ArrayDeque<>();
    private int capacity;
    private int inUse;

    PacketPool(MemoryBudget budget, int capacity) {
        this.budget = budget;
        this.capacity = capacity;
        keep();
        budget.addReclaimer(this::trim);
    }

    private void keep() {
        budget.demand((long) ALWAYS_KEPT * cost(capacity), ALWAYS_KEPT + " packet buffers");
        for (int i = 0; i < ALWAYS_KEPT; i++) {
            free.push(new PacketBuffer(capacity));
        }
    }

    /**
     * Makes the buffers large enough for a link's packets; those that are in use are left as they are.
     *
     * @param size octets of the largest packet with all its headers
     * @throws OutOfMemoryBudget if the budget has no room for it
     */
    public void fit(int size) {
        if (size > capacity) {
            while (!free.isEmpty()) {
                discard(free.pop());
            }
            capacity = size;
            keep();
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
        inUse++;
        return free.pop();
    }

    /**
     * Whether no buffer of a size can be had now.
     *
     * @param size octets; beyond {@link #capacity()} the buffer is drawn from the budget for this one packet
     * @return true when {@link #take(int)} would fail
     */
    public boolean isDry(int size) {
        if (size <= capacity) {
            return isDry();
        }
        boolean dry = !budget.reserve(cost(size));
        if (!dry) {
            budget.release(cost(size));
        }
        return dry;
    }

    /**
     * Takes a buffer that may be larger than those of the pool.
     *
     * @param size octets of packet, headroom included
     * @return one that nobody else uses
     * @throws OutOfMemoryBudget if the pool {@link #isDry(int)}
     */
    public PacketBuffer take(int size) {
        if (size <= capacity) {
            return take();
        }
        budget.demand(cost(size), "a large packet");
        inUse++;
        return new PacketBuffer(size);
    }

    /**
     * Puts a buffer back.
     *
     * @param buffer one that was taken and is no longer used
     */
    public void giveBack(PacketBuffer buffer) {
        inUse--;
        if (buffer.capacity() == capacity) {
            free.push(buffer);
        } else {
            budget.release(cost(buffer.capacity()));
        }
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
        return inUse;
    }

    private boolean grow() {
        if (!budget.reserve(cost(capacity))) {
            return false;
        }
        free.push(new PacketBuffer(capacity));
        return true;
    }

    /** Gives back what is free but for one, since those that are in use may wait for an answer, which takes a buffer to ask for. */
    private void trim() {
        while (free.size() > (inUse == 0 ? ALWAYS_KEPT : 1)) {
            discard(free.pop());
        }
    }

    private void discard(PacketBuffer buffer) {
        budget.release(cost(buffer.capacity()));
    }

    private static int cost(int size) {
        return size + OBJECT_OVERHEAD;
    }
}
