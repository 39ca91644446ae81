// SPDX-License-Identifier: MIT
package picorn.netstack.address;

/**
 * An Ethernet address of 48 bits (IEEE 802.3, section 3.2.3).
 *
 * @param bits the address, the octet that is sent first uppermost
 */
public record MacAddress(long bits) {
    /** All ones: every station. */
    public static final MacAddress BROADCAST = new MacAddress(0xFFFF_FFFF_FFFFL);

    private static final long MULTICAST = 0x0100_5E00_0000L;
    private static final long GROUP = 1L << 40;

    /**
     * An address of 48 bits.
     *
     * @throws IllegalArgumentException if there are more
     */
    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("a MAC address has 48 bits, not " + Long.toHexString(bits));
        }
    }

    /**
     * Reads the usual notation.
     *
     * @param text for example {@code 52:55:0a:00:02:02}
     * @return the address
     * @throws IllegalArgumentException if it is written otherwise
     */
    public static MacAddress parse(String text) {
        return AddressText.mac(text);
    }

    /**
     * Whether an address means a group of stations, all of them included.
     *
     * @param bits an address
     * @return true if the group bit is set
     */
    public static boolean isGroup(long bits) {
        return (bits & GROUP) != 0;
    }

    /**
     * Whether an address is of an IPv4 multicast group (RFC 1112, section 6.4).
     *
     * @param bits an address
     * @return true if it is
     */
    public static boolean isMulticast(long bits) {
        return bits >>> 23 == MULTICAST >>> 23;
    }

    /**
     * The group address of an IPv4 multicast address (RFC 1112, section 6.4).
     *
     * @param ipv4 the address
     * @return bits of the group's address
     */
    public static long multicast(int ipv4) {
        return MULTICAST | ipv4 & 0x7F_FFFF;
    }

    @Override
    public String toString() {
        return AddressText.ofMac(bits);
    }
}
