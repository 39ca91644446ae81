// SPDX-License-Identifier: MIT
package picorn.netstack.raw;

import picorn.netstack.octets.OctetRing;
import picorn.netstack.octets.Octets;

/** Packets in a ring of octets, each behind its length. */
final class PacketQueue {
    private static final int RECORD = 2;

    private final OctetRing ring;
    private final byte[] record = new byte[RECORD];

    PacketQueue(int capacity) {
        ring = new OctetRing(capacity);
    }

    boolean isEmpty() {
        return ring.isEmpty();
    }

    boolean add(Octets packet) {
        int length = packet.length();
        if (RECORD + length > ring.room()) {
            return false;
        }
        record[0] = (byte) (length >>> 8);
        record[1] = (byte) length;
        ring.write(record, 0, RECORD);
        ring.write(packet.array(), packet.offset(), length);
        return true;
    }

    /** Takes the oldest packet, of which there is one, and tells its length; what does not fit is lost. */
    int take(byte[] into) {
        ring.read(record, RECORD);
        int length = (record[0] & 0xFF) << 8 | record[1] & 0xFF;
        int taken = Math.min(length, into.length);
        ring.read(into, taken);
        ring.skip(length - taken);
        return length;
    }

    /** Looks at the oldest packet, of which there is one, and tells its length. */
    int peek(byte[] into) {
        int length = take(into);
        ring.unread(RECORD + length);
        return length;
    }
}
