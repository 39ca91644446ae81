// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import java.util.Arrays;
import picorn.netstack.context.MemoryBudget;

/** Which octets beyond RCV.NXT have come: ranges of sequence numbers, the one that came last first (RFC 2018, section 4). */
final class Reassembly {
    static final int MEMORY = 24;

    private static final int[] EMPTY = {};
    private static final int SMALLEST = 8;
    private static final int MOST = 256;

    private final MemoryBudget budget;
    private int[] edges = EMPTY;
    private int count;

    Reassembly(MemoryBudget budget) {
        this.budget = budget;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    /** Left and right edge of each range, in turn. */
    int[] edges() {
        return edges;
    }

    /** Whether there is room for one more range. */
    boolean hasRoom() {
        return 2 * count < edges.length || grow();
    }

    /** Adds a range; those that it touches become one with it. There must be room. */
    void add(int from, int to) {
        int left = from;
        int right = to;
        for (int i = count - 1; i >= 0; i--) {
            if (Sequence.isAtMost(edges[2 * i], right) && Sequence.isAtMost(left, edges[2 * i + 1])) {
                left = Sequence.isBefore(edges[2 * i], left) ? edges[2 * i] : left;
                right = Sequence.later(edges[2 * i + 1], right);
                remove(i);
                i = count;
            }
        }
        System.arraycopy(edges, 0, edges, 2, 2 * count);
        edges[0] = left;
        edges[1] = right;
        count++;
    }

    /** The first sequence number after one from which on something is missing; ranges before it are forgotten. */
    int advance(int next) {
        int end = next;
        for (int i = count - 1; i >= 0; i--) {
            if (Sequence.isAtMost(edges[2 * i], end)) {
                end = Sequence.later(end, edges[2 * i + 1]);
                remove(i);
                i = count;
            }
        }
        return end;
    }

    void clear() {
        count = 0;
    }

    /** Gives back the array if there are no ranges. */
    void rest() {
        if (count == 0) {
            close();
        }
    }

    void close() {
        count = 0;
        if (edges.length > 0) {
            budget.release(cost(edges.length));
        }
        edges = EMPTY;
    }

    private void remove(int index) {
        count--;
        System.arraycopy(edges, 2 * index + 2, edges, 2 * index, 2 * (count - index));
    }

    private boolean grow() {
        int length = Math.max(2 * SMALLEST, 2 * edges.length);
        long more = cost(length) - (edges.length == 0 ? 0 : cost(edges.length));
        if (count == MOST || !budget.reserve(more)) {
            return false;
        }
        edges = Arrays.copyOf(edges, length);
        return true;
    }

    private static long cost(int length) {
        return 16 + (long) Integer.BYTES * length;
    }
}
