// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/**
 * UDP header (RFC 768).
 *
 * @param sourcePort the sender's port, 0 if it wants no answer
 * @param destinationPort the receiver's port
 * @param length octets of header and data
 * @param checksum over pseudo-header, header and data; 0 means none
 */
public record UdpHeader(int sourcePort, int destinationPort, int length, int checksum) {
    /** Octets of the header. */
    public static final int SIZE = UdpFields.SIZE;

    /**
     * Reads a header; the checksum is not verified.
     *
     * @param in a datagram; more may follow
     * @return its header
     * @throws Malformed if it is cut short, or its length is impossible
     */
    public static UdpHeader parse(Octets in) throws Malformed {
        UdpFields.checkLength(in);
        return new UdpHeader(
                UdpFields.SOURCE_PORT.get(in),
                UdpFields.DESTINATION_PORT.get(in),
                UdpFields.LENGTH.get(in),
                UdpFields.CHECKSUM.get(in));
    }

    /**
     * Writes the header as it is.
     *
     * @param out a datagram
     */
    public void emit(Octets out) {
        UdpFields.SOURCE_PORT.set(out, sourcePort);
        UdpFields.DESTINATION_PORT.set(out, destinationPort);
        UdpFields.LENGTH.set(out, length);
        UdpFields.CHECKSUM.set(out, checksum);
    }
}
