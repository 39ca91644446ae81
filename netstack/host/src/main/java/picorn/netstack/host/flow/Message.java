// SPDX-License-Identifier: MIT
package picorn.netstack.host.flow;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What the two sides tell each other of a flow; as octets it can be recorded.
 *
 * @param kind what it tells
 * @param flow the flow's number
 * @param octets what belongs to it
 */
record Message(Kind kind, int flow, byte[] octets) {
    private static final Kind[] KINDS = Kind.values();
    private static final int HEADER = 5;
    private static final byte[] NONE = {};

    enum Kind {
        /** Order: connect by TCP to an address and port. */
        CONNECT,
        /** Order: exchange datagrams with an address and port. */
        ASSOCIATE,
        /** Order: exchange datagrams with the DNS servers of this host. */
        ASK,
        /** Order: send an echo to a target, which the data follows, and forget it. */
        ECHO,
        /** Event: the connection that was ordered stands. */
        CONNECTED,
        /** Event: nobody listens there. */
        REFUSED,
        /** Event: the way there is closed. */
        UNREACHABLE,
        /** Event: the address is one of this host's, which nobody may reach. */
        PROHIBITED,
        /** Event: somebody has connected to the forwarded port of a number, or sends the first datagram to it. */
        ARRIVED,
        /** Both ways: octets of a connection. */
        OCTETS,
        /** Both ways: a datagram. */
        DATAGRAM,
        /** Both ways: so many octets were passed on, and as many more may come. */
        CREDIT,
        /** Both ways: no more octets will come. */
        END,
        /** Both ways: the flow is over, and what was under way is lost. */
        RESET
    }

    static Message of(Kind kind, int flow) {
        return new Message(kind, flow, NONE);
    }

    static Message of(Kind kind, int flow, int number) {
        return new Message(
                kind, flow, ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    static Message parse(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message);
        return new Message(KINDS[in.get()], in.getInt(), Arrays.copyOfRange(message, HEADER, message.length));
    }

    byte[] emit() {
        return ByteBuffer.allocate(HEADER + octets.length)
                .put((byte) kind.ordinal())
                .putInt(flow)
                .put(octets)
                .array();
    }

    int number() {
        return ByteBuffer.wrap(octets).getInt();
    }
}
