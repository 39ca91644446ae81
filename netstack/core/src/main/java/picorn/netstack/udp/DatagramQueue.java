// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

import java.nio.ByteBuffer;
import picorn.netstack.address.AddressPair;
import picorn.netstack.octets.OctetRing;
import picorn.netstack.octets.Octets;

/** Received datagrams in a ring of octets, each behind a record of its length, port and addresses. */
final class DatagramQueue {
    private static final int RECORD = 2 * Short.BYTES + 4 * Long.BYTES;

    private final OctetRing ring;
    private final ByteBuffer record = ByteBuffer.allocate(RECORD);

    DatagramQueue(int capacity) {
        ring = new OctetRing(capacity);
    }

    boolean isEmpty() {
        return ring.isEmpty();
    }

    /** Appends a datagram, unless there is no room for it; an answer to it has these addresses and this port. */
    boolean add(AddressPair answer, int port, Octets data) {
        int length = data.length();
        if (RECORD + length > ring.room()) {
            return false;
        }
        record.clear()
                .putShort((short) length)
                .putShort((short) port)
                .putLong(answer.sourceHigh())
                .putLong(answer.sourceLow())
                .putLong(answer.destinationHigh())
                .putLong(answer.destinationLow());
        ring.write(record.array(), 0, RECORD);
        ring.write(data.array(), data.offset(), length);
        return true;
    }

    /** Takes the oldest datagram, of which there is one. */
    void take(UdpDatagram into) {
        read(into);
    }

    /** Looks at the oldest datagram, of which there is one. */
    void peek(UdpDatagram into) {
        ring.unread(read(into));
    }

    /** Takes the oldest datagram; the result is how many octets of the queue it took. */
    private int read(UdpDatagram into) {
        ring.read(record.clear().array(), RECORD);
        int length = record.getShort() & 0xFFFF;
        into.received(record.getShort() & 0xFFFF, length);
        into.addresses().source(record.getLong(), record.getLong()).destination(record.getLong(), record.getLong());
        ring.read(into.buffer(), into.length());
        ring.skip(length - into.length());
        return RECORD + length;
    }
}
