// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

/** What the user has written and the peer has not acknowledged. */
final class SendBuffer extends ChunkRing {
    private final int capacity;
    private int length;

    SendBuffer(ChunkPool pool, int capacity) {
        super(pool);
        this.capacity = capacity;
    }

    int length() {
        return length;
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

    /** Gives back the array of chunks if there is nothing in it. */
    void rest() {
        if (length == 0) {
            release();
        }
    }

    void close() {
        length = 0;
        release();
    }
}
