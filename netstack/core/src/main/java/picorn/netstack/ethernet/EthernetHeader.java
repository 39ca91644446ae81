// SPDX-License-Identifier: MIT
package picorn.netstack.ethernet;

import picorn.netstack.address.MacAddress;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/**
 * Ethernet II header (RFC 894; IEEE 802.3, section 3.1.1).
 *
 * @param destination who is to take the frame
 * @param source who sent it
 * @param type what it carries, an EtherType
 */
public record EthernetHeader(MacAddress destination, MacAddress source, int type) {
    /** Octets of the header. */
    public static final int SIZE = EthernetFields.SIZE;

    /** EtherType of IPv4. */
    public static final int IPV4 = 0x0800;

    /** EtherType of ARP. */
    public static final int ARP = 0x0806;

    /** EtherType of a VLAN's tag (IEEE 802.1Q, section 9.6). */
    public static final int VLAN = 0x8100;

    /** Octets of a frame that no sender falls short of, without check sequence. */
    public static final int SHORTEST_FRAME = 60;

    /**
     * Reads a header.
     *
     * @param in a frame
     * @return its header
     * @throws Malformed if the frame is too short
     */
    public static EthernetHeader parse(Octets in) throws Malformed {
        in.require(SIZE, EthernetDrop.TRUNCATED);
        return new EthernetHeader(
                new MacAddress(EthernetFields.DESTINATION.get(in)),
                new MacAddress(EthernetFields.SOURCE.get(in)),
                EthernetFields.TYPE.get(in));
    }

    /**
     * Writes the header.
     *
     * @param out a frame
     */
    public void emit(Octets out) {
        EthernetFields.write(out, destination.bits(), source.bits(), type);
    }
}
