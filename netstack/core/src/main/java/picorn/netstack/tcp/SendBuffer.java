// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

/** What the user has written and the peer has not acknowledged. */
final class SendBuffer {
    static final int MEMORY = 24 + ChunkRing.MEMORY;

    private final ChunkPool pool;
    private final ChunkRing ring;
    private final int capacity;
    private int length;

    SendBuffer(ChunkPool pool, int capacity) {
        this.pool = pool;
        this.capacity = capacity;
        ring = new ChunkRing(pool);
    }

    int length() {
        return length;
    }

    int room() {
        return capacity - length;
    }

    int write(byte[] from, int offset, int count) {
        int written = ring.put(length, from, offset, Math.min(count, room()), pool.reserve());
        length += written;
        return written;
    }

    void copy(int at, byte[] to, int offset, int count) {
        ring.get(at, to, offset, count);
    }

    void drop(int count) {
        ring.drop(count);
        length -= count;
        if (length == 0) {
            ring.cut(0);
        }
    }

    /** Gives back the array of chunks if there is nothing in it. */
    void rest() {
        if (length == 0) {
            ring.close();
        }
    }

    void close() {
        length = 0;
        ring.close();
    }
}
