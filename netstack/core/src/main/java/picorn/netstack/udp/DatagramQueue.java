// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

import picorn.netstack.address.AddressPair;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;
import picorn.netstack.octets.U64;

/** Received datagrams in a ring of octets, each behind a record of its length, port and addresses. */
final class DatagramQueue {
    private static final U16 LENGTH = U16.at(0);
    private static final U16 PORT = LENGTH.next();
    private static final U64 PEER_HIGH = U64.after(PORT);
    private static final U64 PEER_LOW = PEER_HIGH.next();
    private static final U64 LOCAL_HIGH = PEER_LOW.next();
    private static final U64 LOCAL_LOW = LOCAL_HIGH.next();
    private static final int RECORD = LOCAL_LOW.end();

    private final byte[] ring;
    private final Octets record = Octets.over(new byte[RECORD]);
    private int head;
    private int used;

    DatagramQueue(int capacity) {
        ring = new byte[capacity];
    }

    boolean isEmpty() {
        return used == 0;
    }

    /** Adds a datagram with the addresses of an answer to it; false if there is no room. */
    boolean add(AddressPair answer, int port, Octets data) {
        int length = data.length();
        if (RECORD + length > ring.length - used) {
            return false;
        }
        LENGTH.set(record, length);
        PORT.set(record, port);
        PEER_HIGH.set(record, answer.destinationHigh());
        PEER_LOW.set(record, answer.destinationLow());
        LOCAL_HIGH.set(record, answer.sourceHigh());
        LOCAL_LOW.set(record, answer.sourceLow());
        write(record.array(), 0, RECORD);
        write(data.array(), data.offset(), length);
        return true;
    }

    /** Takes the oldest datagram, of which there is one. */
    void take(UdpDatagram into) {
        read(record.array(), RECORD);
        into.received(PORT.get(record), LENGTH.get(record));
        into.addresses()
                .source(LOCAL_HIGH.get(record), LOCAL_LOW.get(record))
                .destination(PEER_HIGH.get(record), PEER_LOW.get(record));
        read(into.buffer(), into.length());
        skip(LENGTH.get(record) - into.length());
    }

    /** Looks at the oldest datagram, of which there is one. */
    void peek(UdpDatagram into) {
        int first = head;
        int all = used;
        take(into);
        head = first;
        used = all;
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
