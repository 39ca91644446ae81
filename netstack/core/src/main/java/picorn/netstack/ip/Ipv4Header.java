// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.address.Ipv4Address;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/**
 * IPv4 header (RFC 791, section 3.1). Options are passed over when read and never written.
 *
 * @param headerLength octets of the header, options included
 * @param typeOfService differentiated services and congestion notification (RFC 2474, RFC 3168)
 * @param totalLength octets of header and data
 * @param identification common to the fragments of a packet
 * @param fragment flags (DF 0x4000, MF 0x2000) and the fragment's offset in units of 8 octets
 * @param timeToLive hops that are left
 * @param protocol what the packet carries
 * @param source where it comes from
 * @param destination where it goes to
 */
public record Ipv4Header(
        int headerLength,
        int typeOfService,
        int totalLength,
        int identification,
        int fragment,
        int timeToLive,
        int protocol,
        Ipv4Address source,
        Ipv4Address destination) {
    /** Octets of a header without options. */
    public static final int SIZE = Ipv4Fields.SIZE;

    /** The flag DF: this packet is not to be cut up. */
    public static final int DONT_FRAGMENT = 0x4000;

    /** The flag MF: further fragments of this packet follow. */
    public static final int MORE_FRAGMENTS = 0x2000;

    /** Octets of the largest header, with all the options that it can have. */
    public static final int LARGEST_SIZE = 60;

    /**
     * Reads a header and verifies it.
     *
     * @param in a packet, which may be followed by padding
     * @return its header
     * @throws Malformed if the header is cut short, says impossible lengths, or has a wrong checksum
     */
    public static Ipv4Header parse(Octets in) throws Malformed {
        Ipv4Fields.check(in);
        return new Ipv4Header(
                Ipv4Fields.headerLength(in),
                Ipv4Fields.TYPE_OF_SERVICE.get(in),
                Ipv4Fields.TOTAL_LENGTH.get(in),
                Ipv4Fields.IDENTIFICATION.get(in),
                Ipv4Fields.FRAGMENT.get(in),
                Ipv4Fields.TIME_TO_LIVE.get(in),
                Ipv4Fields.PROTOCOL.get(in),
                new Ipv4Address(Ipv4Fields.SOURCE.get(in)),
                new Ipv4Address(Ipv4Fields.DESTINATION.get(in)));
    }

    /**
     * Writes the header with its checksum.
     *
     * @param out a packet
     * @throws IllegalArgumentException if the header is to have options
     */
    public void emit(Octets out) {
        if (headerLength != SIZE) {
            throw new IllegalArgumentException("IPv4 headers are written without options, " + SIZE + " octets long");
        }
        Ipv4Fields.write(
                out, totalLength, identification, fragment, timeToLive, protocol, source.bits(), destination.bits());
        Ipv4Fields.TYPE_OF_SERVICE.set(out, typeOfService);
        Ipv4Fields.seal(out);
    }

    /**
     * Looks whether a packet that is to be sent has a header that fits it, its checksum apart.
     *
     * @param packet the packet
     * @return bits of its destination
     * @throws Malformed if not
     */
    public static int checkOutgoing(Octets packet) throws Malformed {
        Ipv4Fields.check(packet, Offload.ALL);
        if (Ipv4Fields.TOTAL_LENGTH.get(packet) != packet.length()) {
            throw Ipv4Drop.BAD_TOTAL_LENGTH.malformed();
        }
        return Ipv4Fields.DESTINATION.get(packet);
    }
}
