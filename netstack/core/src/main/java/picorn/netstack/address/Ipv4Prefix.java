// SPDX-License-Identifier: MIT
package picorn.netstack.address;

/**
 * An IPv4 address and how many of its bits name the network (RFC 4632, section 3.1): an interface's address or a route's
 * destination.
 *
 * @param address an address in the network
 * @param length leading bits that name the network, 0 to 32
 */
public record Ipv4Prefix(Ipv4Address address, int length) {
    /** Every address. */
    public static final Ipv4Prefix ALL = new Ipv4Prefix(Ipv4Address.UNSPECIFIED, 0);

    /** No address at all: what an interface has before it is given one. */
    public static final Ipv4Prefix NONE = new Ipv4Prefix(Ipv4Address.UNSPECIFIED, 32);

    /**
     * An address with a prefix length.
     *
     * @throws IllegalArgumentException if the length is not 0 to 32
     */
    public Ipv4Prefix {
        if (length < 0 || length > 32) {
            throw new IllegalArgumentException("an IPv4 prefix has 0 to 32 bits, not " + length);
        }
    }

    /**
     * Reads CIDR notation.
     *
     * @param text for example {@code 10.0.2.2/24}
     * @return the prefix
     * @throws IllegalArgumentException if it is written otherwise
     */
    public static Ipv4Prefix parse(String text) {
        return AddressText.prefix(text);
    }

    /**
     * The network's mask.
     *
     * @return ones where the network is named
     */
    public Ipv4Address mask() {
        return new Ipv4Address(maskBits());
    }

    /**
     * Whether an address lies in the network.
     *
     * @param bits an address
     * @return true if it does
     */
    public boolean contains(int bits) {
        return ((bits ^ address.bits()) & maskBits()) == 0;
    }

    /**
     * Whether an address means every host of the network (RFC 919, section 7; none in networks of 31 and 32 bits, RFC 3021).
     *
     * @param bits an address
     * @return true if it does
     */
    public boolean isBroadcast(int bits) {
        return length < 31 && bits == (address.bits() | ~maskBits());
    }

    private int maskBits() {
        return length == 0 ? 0 : -1 << (32 - length);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }

    /** These two are written out, since the JVM would first have to make the usual ones, at each start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Ipv4Prefix prefix && length == prefix.length && address.bits() == prefix.address.bits();
    }

    @Override
    public int hashCode() {
        return address.bits() * 31 + length;
    }
}
