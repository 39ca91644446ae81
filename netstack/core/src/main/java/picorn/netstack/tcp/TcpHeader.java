// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.address.AddressPair;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.octets.InternetChecksum;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;
import picorn.netstack.octets.U32;

/**
 * TCP header without options (RFC 9293, section 3.1).
 *
 * @param sourcePort the sender's port
 * @param destinationPort the receiver's port
 * @param sequence the sequence number of the first octet, or of the SYN
 * @param acknowledgment the next sequence number expected, if ACK is set
 * @param length octets of the header with its options, a multiple of 4 from 20 to 60
 * @param flags control bits, FIN lowest, CWR uppermost
 * @param window octets that the sender would take, not scaled
 * @param checksum over pseudo-header, header and data
 * @param urgent offset of the octet after the urgent data, if URG is set
 */
public record TcpHeader(
        int sourcePort,
        int destinationPort,
        int sequence,
        int acknowledgment,
        int length,
        int flags,
        int window,
        int checksum,
        int urgent) {
    static final U16 SOURCE_PORT = U16.at(0);
    static final U16 DESTINATION_PORT = SOURCE_PORT.next();
    static final U32 SEQUENCE = U32.after(DESTINATION_PORT);
    static final U32 ACKNOWLEDGMENT = SEQUENCE.next();
    /** Data offset in 32-bit words, four reserved bits, control bits. */
    static final U16 OFFSET_AND_FLAGS = U16.after(ACKNOWLEDGMENT);

    static final U16 WINDOW = OFFSET_AND_FLAGS.next();
    static final U16 CHECKSUM = WINDOW.next();
    static final U16 URGENT = CHECKSUM.next();

    /** Octets of a header without options. */
    public static final int SIZE = URGENT.end();

    /** No more data from the sender. */
    public static final int FIN = 1;
    /** Sequence numbers begin. */
    public static final int SYN = 2;
    /** The connection is reset. */
    public static final int RST = 4;
    /** The data is to be handed to the user. */
    public static final int PSH = 8;
    /** The acknowledgment number counts. */
    public static final int ACK = 16;
    /** The urgent pointer counts. */
    public static final int URG = 32;
    /** Congestion was met (RFC 3168). */
    public static final int ECE = 64;
    /** The congestion window was reduced (RFC 3168). */
    public static final int CWR = 128;

    /** Its number in the IP header. */
    static final int PROTOCOL = 6;

    /**
     * Reads a header; the checksum is not verified.
     *
     * @param in a segment; options and data may follow
     * @return its header
     * @throws Malformed if it is cut short, or its data offset is impossible
     */
    public static TcpHeader parse(Octets in) throws Malformed {
        checkLength(in);
        return new TcpHeader(
                SOURCE_PORT.get(in),
                DESTINATION_PORT.get(in),
                SEQUENCE.get(in),
                ACKNOWLEDGMENT.get(in),
                length(in),
                OFFSET_AND_FLAGS.get(in) & 0xFF,
                WINDOW.get(in),
                CHECKSUM.get(in),
                URGENT.get(in));
    }

    /**
     * Writes the header as it is.
     *
     * @param out a segment
     */
    public void emit(Octets out) {
        SOURCE_PORT.set(out, sourcePort);
        DESTINATION_PORT.set(out, destinationPort);
        SEQUENCE.set(out, sequence);
        ACKNOWLEDGMENT.set(out, acknowledgment);
        OFFSET_AND_FLAGS.set(out, length << 10 | flags);
        WINDOW.set(out, window);
        CHECKSUM.set(out, checksum);
        URGENT.set(out, urgent);
    }

    static int length(Octets in) {
        return OFFSET_AND_FLAGS.get(in) >>> 12 << 2;
    }

    private static void checkLength(Octets in) throws Malformed {
        in.require(SIZE, TcpDrop.TRUNCATED);
        if (length(in) < SIZE || length(in) > in.length()) {
            throw TcpDrop.BAD_OFFSET.malformed();
        }
    }

    /** Refuses a segment that is malformed, or whose checksum, unless the link has verified it, is wrong. */
    static void check(Octets in, IpPacket packet) throws Malformed {
        checkLength(in);
        if (packet.needsChecksum(PROTOCOL)
                && !InternetChecksum.isRight(
                        InternetChecksum.sum(in) + packet.addresses().pseudoHeaderSum(PROTOCOL, in.length()))) {
            throw TcpDrop.BAD_CHECKSUM.malformed();
        }
    }

    /** Puts in the checksum of a segment that is complete but for it. */
    static void seal(Octets out, AddressPair addresses) {
        CHECKSUM.set(out, 0);
        long sum = InternetChecksum.sum(out) + addresses.pseudoHeaderSum(PROTOCOL, out.length());
        CHECKSUM.set(out, InternetChecksum.of(sum));
    }
}
