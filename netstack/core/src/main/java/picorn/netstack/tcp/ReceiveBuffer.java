// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.octets.OctetStore;
import picorn.netstack.octets.Octets;

/** What has come and the user has not read, in order; behind it what has come out of order. */
final class ReceiveBuffer extends ChunkRing {
    ReceiveBuffer(ChunkPool pool, int capacity) {
        super(pool, capacity);
    }

    /** Octets that can still come, if the budget allows them: the reader's share of the memory is no less than two chunks. */
    int room() {
        return (int) Math.min(capacity - length, Math.max(2 * ChunkPool.SIZE, pool.room()));
    }

    /** Puts octets at a distance behind those that can be read; returns how many the budget had room for. */
    int put(int distance, Octets text) {
        long reserve = distance == 0 ? pool.reserve() : 2 * pool.reserve();
        return put(length + distance, text, text.length(), reserve);
    }

    /** Says that so many more can be read. */
    void extend(int count) {
        length += count;
    }

    /** Gives up what has come out of order. */
    void giveUpRest() {
        cut(length);
    }

    int peek(OctetStore to) {
        int got = Math.min(to.length(), length);
        get(0, to, 0, got);
        return got;
    }

    void read(int count) {
        drop(count);
        length -= count;
    }
}
