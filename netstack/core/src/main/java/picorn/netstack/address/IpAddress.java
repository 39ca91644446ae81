// SPDX-License-Identifier: MIT
package picorn.netstack.address;

/**
 * An address of the Internet protocol, whichever its version. As two longs every address has 128 bits; an IPv4 address is the
 * IPv4-mapped one (RFC 4291, section 2.5.5.2), so that tables and checksums need no second copy for IPv6.
 */
public sealed interface IpAddress permits Ipv4Address {
    /**
     * The upper half of the 128 bits.
     *
     * @return 0 for IPv4
     */
    long high();

    /**
     * The lower half of the 128 bits.
     *
     * @return {@code 0x0000FFFFaabbccdd} for IPv4
     */
    long low();

    /**
     * The address with given bits.
     *
     * @param high the upper half
     * @param low the lower half
     * @return the address
     * @throws IllegalArgumentException if it is no IPv4-mapped one
     */
    static IpAddress of(long high, long low) {
        if (!isIpv4(high, low)) {
            throw new IllegalArgumentException("not an IPv4-mapped address");
        }
        return new Ipv4Address((int) low);
    }

    /**
     * Whether the bits are those of an IPv4 address.
     *
     * @param high the upper half
     * @param low the lower half
     * @return true for an IPv4-mapped address
     */
    static boolean isIpv4(long high, long low) {
        return high == 0 && low >>> 32 == 0xFFFF;
    }
}
