// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.octets.OctetStore;

/** What the user has written and the peer has not acknowledged. */
final class SendBuffer extends ChunkRing {
    SendBuffer(ChunkPool pool, int capacity) {
        super(pool, capacity);
    }

    int room() {
        return capacity - length;
    }

    /** Takes the first of the octets, as many as there is room for. */
    int write(OctetStore from) {
        int written = put(length, from, Math.min(from.length(), room()), pool.reserve());
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
