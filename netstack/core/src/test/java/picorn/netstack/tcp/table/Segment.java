// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.table;

import picorn.netstack.testing.script.Tcp4;

/** A segment that arrives, with relative numbers. */
record Segment(int flags, int seq, int ack, int data) {
    boolean syn() {
        return (flags & Tcp4.SYN) != 0;
    }

    boolean fin() {
        return (flags & Tcp4.FIN) != 0;
    }

    boolean rst() {
        return (flags & Tcp4.RST) != 0;
    }

    boolean hasAck() {
        return (flags & Tcp4.ACK) != 0;
    }

    /** SEG.LEN. */
    int length() {
        return data + (syn() ? 1 : 0) + (fin() ? 1 : 0);
    }

    int end() {
        return seq + length();
    }

    @Override
    public String toString() {
        return Tcp4.letters(flags) + " seq " + seq + " ack " + ack + " data " + data;
    }
}
