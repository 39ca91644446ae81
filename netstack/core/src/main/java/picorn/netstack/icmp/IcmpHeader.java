// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/**
 * Header of an ICMP message (RFC 792), as echo and echo reply have it; errors leave identifier and sequence number unused.
 *
 * @param type what message it is
 * @param code what kind of it
 * @param identifier tells one asker's echoes from another's
 * @param sequence tells one echo from the next
 */
public record IcmpHeader(int type, int code, int identifier, int sequence) {
    /** Octets of the header. */
    public static final int SIZE = IcmpFields.SIZE;

    /** The answer to {@link #ECHO}. */
    public static final int ECHO_REPLY = 0;

    /** A packet could not be delivered. */
    public static final int UNREACHABLE = 3;

    /** Asks for the same data back. */
    public static final int ECHO = 8;

    /** Asks for the time. */
    public static final int TIMESTAMP = 13;

    /** The answer to {@link #TIMESTAMP}. */
    public static final int TIMESTAMP_REPLY = 14;

    /**
     * Reads a header and verifies the checksum of the message.
     *
     * @param in a message to its last octet
     * @return its header
     * @throws Malformed if it is cut short or its checksum is wrong
     */
    public static IcmpHeader parse(Octets in) throws Malformed {
        IcmpFields.check(in);
        return new IcmpHeader(
                IcmpFields.TYPE.get(in),
                IcmpFields.CODE.get(in),
                IcmpFields.IDENTIFIER.get(in),
                IcmpFields.SEQUENCE.get(in));
    }

    /**
     * Writes the header with the checksum of the message.
     *
     * @param out a message whose data is in place
     */
    public void emit(Octets out) {
        IcmpFields.put(out, type, code, identifier << 16 | sequence & 0xFFFF);
        IcmpFields.seal(out);
    }
}
