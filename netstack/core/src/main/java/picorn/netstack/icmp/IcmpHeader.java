// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import picorn.netstack.octets.InternetChecksum;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;
import picorn.netstack.octets.U32;
import picorn.netstack.octets.U8;

/**
 * Header of an ICMP message (RFC 792), as echo and echo reply have it; errors leave identifier and sequence number unused.
 *
 * @param type what message it is
 * @param code what kind of it
 * @param identifier tells one asker's echoes from another's
 * @param sequence tells one echo from the next
 */
public record IcmpHeader(int type, int code, int identifier, int sequence) {
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

    static final U8 TYPE = U8.at(0);
    static final U8 CODE = TYPE.next();
    static final U16 CHECKSUM = U16.after(CODE);
    static final U16 IDENTIFIER = CHECKSUM.next();
    static final U16 SEQUENCE = IDENTIFIER.next();

    /** Identifier and sequence number together, which errors use for one number. */
    static final U32 WORD = U32.after(CHECKSUM);

    /** Octets of the header. */
    public static final int SIZE = SEQUENCE.end();

    static final U32 ORIGINATE = U32.after(SEQUENCE);
    static final U32 RECEIVE = ORIGINATE.next();
    static final U32 TRANSMIT = RECEIVE.next();
    static final int SOURCE_QUENCH = 4;

    /**
     * Reads a header and verifies the checksum of the message.
     *
     * @param in a message to its last octet
     * @return its header
     * @throws Malformed if it is cut short or its checksum is wrong
     */
    public static IcmpHeader parse(Octets in) throws Malformed {
        check(in);
        return new IcmpHeader(TYPE.get(in), CODE.get(in), IDENTIFIER.get(in), SEQUENCE.get(in));
    }

    /**
     * Writes the header with the checksum of the message.
     *
     * @param out a message whose data is in place
     */
    public void emit(Octets out) {
        write(out, type, code, identifier, sequence);
    }

    static void write(Octets out, int type, int code, int identifier, int sequence) {
        put(out, type, code, identifier << 16 | sequence & 0xFFFF);
        seal(out);
    }

    static void put(Octets out, int type, int code, int word) {
        TYPE.set(out, type);
        CODE.set(out, code);
        CHECKSUM.set(out, 0);
        WORD.set(out, word);
    }

    static void seal(Octets out) {
        CHECKSUM.set(out, InternetChecksum.of(InternetChecksum.sum(out)));
    }

    static void check(Octets in) throws Malformed {
        check(in, true);
    }

    static void check(Octets in, boolean sum) throws Malformed {
        in.require(SIZE, IcmpDrop.TRUNCATED);
        if (sum && !InternetChecksum.isRight(InternetChecksum.sum(in))) {
            throw IcmpDrop.BAD_CHECKSUM.malformed();
        }
    }

    static boolean isError(int type) {
        return type >= UNREACHABLE && type <= 5 || type == 11 || type == 12;
    }
}
