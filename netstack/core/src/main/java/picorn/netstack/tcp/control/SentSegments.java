// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.control;

import picorn.netstack.context.MemoryBudget;

/**
 * The segments that have been sent and not cumulatively acknowledged: ends, times and marks in rings of parallel arrays, drawn
 * from the budget, which grow by doubling. When they cannot, nothing is added before acknowledgments have made room again.
 */
abstract class SentSegments {
    private static final int LEAST = 4;
    private static final int OCTETS_PER_SEGMENT = Integer.BYTES + Long.BYTES + Byte.BYTES;
    private static final int ARRAY_OVERHEAD = 3 * 16;

    static final int LEAST_MEMORY = LEAST * OCTETS_PER_SEGMENT + ARRAY_OVERHEAD;

    private final MemoryBudget budget;
    private final int largest;
    private int[] ends = new int[LEAST];
    private long[] times = new long[LEAST];
    private byte[] marks = new byte[LEAST];
    private int head;
    private int count;
    private int una;

    SentSegments(MemoryBudget budget, int largest) {
        if (largest < LEAST) {
            throw new IllegalArgumentException("a scoreboard holds " + LEAST + " segments or more, not " + largest);
        }
        this.budget = budget;
        this.largest = largest;
    }

    private static int cost(int segments) {
        return segments * OCTETS_PER_SEGMENT + ARRAY_OVERHEAD;
    }

    void clear(int sndUna) {
        head = 0;
        count = 0;
        una = sndUna;
    }

    /** Gives all but the least back to the budget, for a connection that has become idle. Nothing may be outstanding. */
    public void shrink() {
        if (count == 0 && ends.length > LEAST) {
            budget.release(cost(ends.length) - cost(LEAST));
            head = 0;
            ends = new int[LEAST];
            times = new long[LEAST];
            marks = new byte[LEAST];
        }
    }

    /** Gives everything back to the budget; it is of no use afterwards. */
    public void close() {
        budget.release(cost(ends.length) - LEAST_MEMORY);
    }

    /**
     * Whether there is room.
     *
     * @return false when all places are taken and the budget allows no more
     */
    public boolean hasRoom() {
        return count < ends.length || grow();
    }

    private boolean grow() {
        int wanted = Math.min(2 * ends.length, largest);
        if (wanted <= ends.length || !budget.reserve(cost(wanted))) {
            return false;
        }
        int[] newEnds = new int[wanted];
        long[] newTimes = new long[wanted];
        byte[] newMarks = new byte[wanted];
        for (int i = 0; i < count; i++) {
            newEnds[i] = ends[slot(i)];
            newTimes[i] = times[slot(i)];
            newMarks[i] = marks[slot(i)];
        }
        budget.release(cost(ends.length));
        ends = newEnds;
        times = newTimes;
        marks = newMarks;
        head = 0;
        return true;
    }

    boolean append(int end, long now) {
        if (!hasRoom()) {
            return false;
        }
        int slot = slot(count++);
        ends[slot] = end;
        times[slot] = now;
        marks[slot] = 0;
        return true;
    }

    void removeFirst() {
        una = ends[head];
        head = slot(1);
        count--;
    }

    /** What is before a sequence number is acknowledged, of the first segment too. */
    void startAt(int sequence) {
        una = sequence;
    }

    /** Makes two of a segment, alike in all but their edges; there must be room. */
    void divide(int index, int at) {
        for (int i = count; i > index; i--) {
            ends[slot(i)] = ends[slot(i - 1)];
            times[slot(i)] = times[slot(i - 1)];
            marks[slot(i)] = marks[slot(i - 1)];
        }
        count++;
        ends[slot(index)] = at;
    }

    /** The first segment that starts at or after a sequence number. */
    int firstFrom(int sequence) {
        int low = 0;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (start(middle) - sequence < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    int marks(int index) {
        return marks[slot(index)];
    }

    void mark(int index, int all) {
        marks[slot(index)] = (byte) all;
    }

    void sentAt(int index, long time) {
        times[slot(index)] = time;
    }

    private int slot(int index) {
        int slot = head + index;
        return slot < ends.length ? slot : slot - ends.length;
    }

    /**
     * Segments sent and not cumulatively acknowledged.
     *
     * @return 0 or more
     */
    public int size() {
        return count;
    }

    /**
     * Where a segment starts.
     *
     * @param index 0 to size - 1
     * @return a sequence number
     */
    public int start(int index) {
        return end(index - 1);
    }

    /**
     * Where a segment ends.
     *
     * @param index -1 to size - 1, where -1 ends at SND.UNA
     * @return the sequence number after it
     */
    public int end(int index) {
        return index < 0 ? una : ends[slot(index)];
    }

    /**
     * When a segment was last sent.
     *
     * @param index 0 to size - 1
     * @return nanoseconds
     */
    public long sentAt(int index) {
        return times[slot(index)];
    }
}
