// SPDX-License-Identifier: MIT
package picorn.netstack.octets;

/** A queue of octets in an array that goes round; whoever uses it knows how many there are. */
public final class OctetRing {
    private final byte[] ring;
    private int head;
    private int used;

    /**
     * An empty queue.
     *
     * @param capacity octets that it holds at most
     */
    public OctetRing(int capacity) {
        ring = new byte[capacity];
    }

    /**
     * Whether nothing is in it.
     *
     * @return true if so
     */
    public boolean isEmpty() {
        return used == 0;
    }

    /**
     * How much more it holds.
     *
     * @return octets
     */
    public int room() {
        return ring.length - used;
    }

    /**
     * Appends octets, for which there is room.
     *
     * @param from where they are
     * @param offset the index of the first one
     * @param length how many there are
     */
    public void write(byte[] from, int offset, int length) {
        int tail = (head + used) % ring.length;
        int first = Math.min(length, ring.length - tail);
        System.arraycopy(from, offset, ring, tail, first);
        System.arraycopy(from, offset + first, ring, 0, length - first);
        used += length;
    }

    /**
     * Takes octets, which are there.
     *
     * @param into where they go, from the beginning
     * @param length how many
     */
    public void read(byte[] into, int length) {
        int first = Math.min(length, ring.length - head);
        System.arraycopy(ring, head, into, 0, first);
        System.arraycopy(ring, 0, into, first, length - first);
        skip(length);
    }

    /**
     * Drops octets, which are there.
     *
     * @param length how many
     */
    public void skip(int length) {
        head = (head + length) % ring.length;
        used -= length;
    }

    /**
     * Puts back octets that were taken or dropped last, while nothing has been appended.
     *
     * @param length how many
     */
    public void unread(int length) {
        head = (head - length + ring.length) % ring.length;
        used += length;
    }
}
