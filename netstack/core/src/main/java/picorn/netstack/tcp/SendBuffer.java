// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

/** What the user has written and the peer has not acknowledged. */
final class SendBuffer extends ChunkRing {
    SendBuffer(ChunkPool pool, int capacity) {
        super(pool, capacity);
    }

    int room() {
        return capacity - length;
    }

    int write(byte[] from, int offset, int count) {
        int written = put(length, from, offset, Math.min(count, room()), pool.reserve());
        length += written;
        return written;
    }

    /** Drops what has been acknowledged. */
    void acknowledged(int count) {
        drop(count);
        length -= count;
        if (length == 0) {
            cut(0);
        }
    }
}
