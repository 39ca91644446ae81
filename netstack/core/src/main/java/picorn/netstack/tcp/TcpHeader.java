// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

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
    /** Octets of a header without options. */
    public static final int SIZE = TcpFields.SIZE;

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

    /**
     * Reads a header; the checksum is not verified.
     *
     * @param in a segment; options and data may follow
     * @return its header
     * @throws Malformed if it is cut short, or its data offset is impossible
     */
    public static TcpHeader parse(Octets in) throws Malformed {
        TcpFields.checkLength(in);
        return new TcpHeader(
                TcpFields.SOURCE_PORT.get(in),
                TcpFields.DESTINATION_PORT.get(in),
                TcpFields.SEQUENCE.get(in),
                TcpFields.ACKNOWLEDGMENT.get(in),
                TcpFields.length(in),
                TcpFields.OFFSET_AND_FLAGS.get(in) & 0xFF,
                TcpFields.WINDOW.get(in),
                TcpFields.CHECKSUM.get(in),
                TcpFields.URGENT.get(in));
    }

    /**
     * Writes the header as it is.
     *
     * @param out a segment
     */
    public void emit(Octets out) {
        TcpFields.SOURCE_PORT.set(out, sourcePort);
        TcpFields.DESTINATION_PORT.set(out, destinationPort);
        TcpFields.SEQUENCE.set(out, sequence);
        TcpFields.ACKNOWLEDGMENT.set(out, acknowledgment);
        TcpFields.OFFSET_AND_FLAGS.set(out, length << 10 | flags);
        TcpFields.WINDOW.set(out, window);
        TcpFields.CHECKSUM.set(out, checksum);
        TcpFields.URGENT.set(out, urgent);
    }
}
