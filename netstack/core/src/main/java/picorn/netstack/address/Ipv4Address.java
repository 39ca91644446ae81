// SPDX-License-Identifier: MIT
package picorn.netstack.address;

/**
 * An IPv4 address (RFC 791, section 3.2).
 *
 * @param bits the address, the octet that is written first uppermost
 */
public record Ipv4Address(int bits) implements IpAddress {
    /** 0.0.0.0: this host, before it knows its address. */
    public static final Ipv4Address UNSPECIFIED = new Ipv4Address(0);

    /** 255.255.255.255: every host on this link. */
    public static final Ipv4Address BROADCAST = new Ipv4Address(-1);

    /** The first octet of the addresses by which a host reaches itself, 127.0.0.0/8 (RFC 1122, section 3.2.1.3). */
    public static final int LOOPBACK_NETWORK = 127;

    /**
     * Reads dotted-decimal notation.
     *
     * @param text for example {@code 10.0.2.2}
     * @return the address
     * @throws IllegalArgumentException if it is written otherwise
     */
    public static Ipv4Address parse(String text) {
        return AddressText.ipv4(text);
    }

    /**
     * The lower half of an IPv4-mapped address.
     *
     * @param bits an IPv4 address
     * @return what {@link #low()} of that address is
     */
    public static long low(int bits) {
        return 0xFFFF_0000_0000L | bits & 0xFFFF_FFFFL;
    }

    /**
     * Whether an address is of a multicast group, 224.0.0.0/4 (RFC 1112, section 4).
     *
     * @param bits an address
     * @return true if it is
     */
    public static boolean isMulticast(int bits) {
        return bits >>> 28 == 0xE;
    }

    /**
     * Whether an address is link-local, 169.254.0.0/16 (RFC 3927).
     *
     * @param bits an address
     * @return true if it is
     */
    public static boolean isLinkLocal(int bits) {
        return bits >>> 16 == 0xA9FE;
    }

    /**
     * Whether a single host can have an address as its own on a link: not 0/8, 127/8, multicast, or 240/4 (RFC 1122,
     * section 3.2.1.3).
     *
     * @param bits an address
     * @return true if one can
     */
    public static boolean isHost(int bits) {
        int first = bits >>> 24;
        return first != 0 && first != 127 && first < 224;
    }

    @Override
    public long high() {
        return 0;
    }

    @Override
    public long low() {
        return low(bits);
    }

    @Override
    public String toString() {
        return AddressText.ofIpv4(bits);
    }

    /** These two are written out, since the JVM would first have to make the usual ones, at each start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Ipv4Address address && bits == address.bits;
    }

    @Override
    public int hashCode() {
        return bits;
    }
}
