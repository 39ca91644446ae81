// SPDX-License-Identifier: MIT
package picorn.netstack.raw;

import picorn.netstack.octets.Octets;

/** Packets in a ring of octets, each behind its length. */
final class PacketQueue {
    private static final int RECORD = 2;

    private final byte[] ring;
    private final byte[] record = new byte[RECORD];
    private int head;
    private int used;

    PacketQueue(int capacity) {
        ring = new byte[capacity];
    }

    boolean isEmpty() {
        return used == 0;
    }

    boolean add(Octets packet) {
        int length = packet.length();
        if (RECORD + length > ring.length - used) {
            return false;
        }
        record[0] = (byte) (length >>> 8);
        record[1] = (byte) length;
        write(record, 0, RECORD);
        write(packet.array(), packet.offset(), length);
        return true;
    }

    /** Takes the oldest packet, of which there is one, and tells its length; what does not fit is lost. */
    int take(byte[] into) {
        read(record, RECORD);
        int length = (record[0] & 0xFF) << 8 | record[1] & 0xFF;
        int taken = Math.min(length, into.length);
        read(into, taken);
        skip(length - taken);
        return length;
    }

    /** Looks at the oldest packet, of which there is one, and tells its length. */
    int peek(byte[] into) {
        int first = head;
        int all = used;
        int length = take(into);
        head = first;
        used = all;
        return length;
    }

    private void write(byte[] from, int offset, int length) {
        int tail = (head + used) % ring.length;
        int first = Math.min(length, ring.length - tail);
        System.arraycopy(from, offset, ring, tail, first);
        System.arraycopy(from, offset + first, ring, 0, length - first);
        used += length;
    }

    private void read(byte[] into, int length) {
        int first = Math.min(length, ring.length - head);
        System.arraycopy(ring, head, into, 0, first);
        System.arraycopy(ring, 0, into, first, length - first);
        skip(length);
    }

    private void skip(int length) {
        head = (head + length) % ring.length;
        used -= length;
    }
}
