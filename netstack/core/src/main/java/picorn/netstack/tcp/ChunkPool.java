// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import java.util.ArrayDeque;
import picorn.netstack.context.MemoryBudget;

/** Runs of octets of one size, of which buffers are made; drawn from the budget when needed and used again. */
final class ChunkPool {
    /** Octets of a chunk. */
    static final int SIZE = 1024;

    private static final int COST = SIZE + 16;
    static final byte[] NONE = {};

    private final MemoryBudget budget;
    private final ArrayDeque<byte[]> free = new ArrayDeque<>();
    private int buffers;

    ChunkPool(MemoryBudget budget) {
        this.budget = budget;
        budget.addReclaimer(this::trim);
    }

    MemoryBudget budget() {
        return budget;
    }

    /** Counts buffers that are open: for each, one chunk is kept back from those that have one. */
    void open(int count) {
        buffers += count;
    }

    /** What those who have a chunk already may not touch, so that nobody starves. */
    long reserve() {
        return Math.min((long) buffers * COST, budget.limit() / 8);
    }

    /** Octets that buffers could still take. */
    long room() {
        return Math.max(0, budget.available() - reserve()) + (long) free.size() * SIZE;
    }

    /** Takes a chunk, or an empty array if less than the reserve would be left. */
    byte[] take(long reserve) {
        if (!free.isEmpty() && budget.available() + (long) free.size() * COST >= reserve + COST) {
            return free.pop();
        }
        return budget.reserve(COST, reserve) ? new byte[SIZE] : NONE;
    }

    void giveBack(byte[] chunk) {
        free.push(chunk);
    }

    private void trim() {
        while (!free.isEmpty()) {
            free.pop();
            budget.release(COST);
        }
    }
}
