// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import java.util.Arrays;
import picorn.netstack.octets.OctetStore;

/**
 * A buffer of octets in chunks, of which only those that are written to exist; places are counted from the first octet not yet
 * dropped.
 */
class ChunkRing {
    /** Octets of the object, its subclass's fields included. */
    static final int MEMORY = 40;

    private static final byte[][] EMPTY = {};
    private static final int SMALLEST = 4;
    private static final int REFERENCE = 4;

    final ChunkPool pool;
    final int capacity;
    /** Octets at the front that hold together. */
    int length;

    private byte[][] chunks = EMPTY;
    private int first;
    private int skipped;
    private int held;

    ChunkRing(ChunkPool pool, int capacity) {
        this.capacity = capacity;
        this.pool = pool;
    }

    /**
     * Writes octets, the first of those given.
     *
     * @param reserve what is left to others if it needs memory beyond its first chunk
     * @return how many were written, the budget allowing no more
     */
    final int put(int at, OctetStore from, int length, long reserve) {
        int done = 0;
        while (done < length) {
            int place = skipped + at + done;
            int within = place & ChunkPool.SIZE - 1;
            int count = Math.min(length - done, ChunkPool.SIZE - within);
            byte[] chunk = need(place / ChunkPool.SIZE, reserve);
            if (chunk.length == 0) {
                break;
            }
            from.copy(done, chunk, within, count);
            done += count;
        }
        return done;
    }

    /** Reads octets that have been written. */
    final void get(int at, OctetStore to, int offset, int length) {
        int done = 0;
        while (done < length) {
            int place = skipped + at + done;
            int within = place & ChunkPool.SIZE - 1;
            int count = Math.min(length - done, ChunkPool.SIZE - within);
            to.put(offset + done, chunks[slot(place / ChunkPool.SIZE)], within, count);
            done += count;
        }
    }

    /** Drops octets at the front, and chunks with them. */
    final void drop(int count) {
        skipped += count;
        while (skipped >= ChunkPool.SIZE) {
            free(first);
            first = slot(1);
            skipped -= ChunkPool.SIZE;
        }
    }

    /** Gives back all chunks that hold nothing before a place. */
    final void cut(int at) {
        int kept = at == 0 ? 0 : (skipped + at + ChunkPool.SIZE - 1) / ChunkPool.SIZE;
        for (int i = kept; i < chunks.length && held > 0; i++) {
            free(slot(i));
        }
        if (kept == 0) {
            skipped = 0;
        }
    }

    final int length() {
        return length;
    }

    /** Gives back the array of chunks if there is nothing in it. */
    final void rest() {
        if (length == 0) {
            close();
        }
    }

    /** Gives back everything, the array of chunks too. */
    final void close() {
        length = 0;
        cut(0);
        if (chunks.length > 0) {
            pool.budget().release(arrayCost(chunks.length));
        }
        chunks = EMPTY;
        first = 0;
    }

    private int slot(int index) {
        return first + index & chunks.length - 1;
    }

    private byte[] need(int index, long reserve) {
        if (index >= chunks.length && !grow(index + 1)) {
            return ChunkPool.NONE;
        }
        int slot = slot(index);
        if (chunks[slot] == null) {
            byte[] taken = pool.take(index == 0 ? 0 : reserve);
            if (taken.length == 0) {
                return taken;
            }
            chunks[slot] = taken;
            held++;
        }
        return chunks[slot];
    }

    private void free(int slot) {
        if (chunks[slot] != null) {
            pool.giveBack(chunks[slot]);
            chunks[slot] = null;
            held--;
        }
    }

    private boolean grow(int least) {
        int length = Math.max(SMALLEST, Integer.highestOneBit(least - 1) << 1);
        long cost = arrayCost(length) - (chunks.length == 0 ? 0 : arrayCost(chunks.length));
        if (!pool.budget().reserve(cost)) {
            return false;
        }
        byte[][] grown = Arrays.copyOf(chunks, length);
        for (int i = 0; i < chunks.length; i++) {
            grown[i] = chunks[slot(i)];
        }
        chunks = grown;
        first = 0;
        return true;
    }

    private static long arrayCost(int length) {
        return 16 + (long) REFERENCE * length;
    }
}
