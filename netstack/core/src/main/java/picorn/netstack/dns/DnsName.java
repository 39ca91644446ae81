// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import picorn.netstack.address.Ipv4Address;

/** A domain name (RFC 1035, section 3.1), compared without regard to the case of ASCII letters (RFC 4343). */
public final class DnsName {
    /** Octets of the longest name on the wire. */
    public static final int LONGEST = 255;

    /** Octets of the longest label. */
    public static final int LONGEST_LABEL = 63;

    private final byte[] wire;

    /** A name that is known to be well-formed: labels behind their lengths, the root's included. */
    DnsName(byte[] wire) {
        this.wire = wire;
    }

    /**
     * Reads a name as people write it. A dot at the end changes nothing: every name is taken as a full one. A backslash
     * stands before a dot that belongs to a label, and before the three decimal digits of any octet (RFC 4343, section 2.1).
     *
     * <pre>{@code
     * DnsName.parse("_http._tcp.example.com");
     * }</pre>
     *
     * @param text the name; international ones in their ASCII form, {@code xn--...}
     * @return the name
     * @throws IllegalArgumentException if a label is empty or longer than 63 octets, or the name longer than 255
     */
    public static DnsName parse(String text) {
        return new DnsNameParser(text).parse();
    }

    /**
     * The name at which the name of an address is found (RFC 1035, section 3.5).
     *
     * @param address for example 10.0.2.15
     * @return for example {@code 15.2.0.10.in-addr.arpa}
     */
    public static DnsName reverse(Ipv4Address address) {
        int bits = Integer.reverseBytes(address.bits());
        return parse(new Ipv4Address(bits) + ".in-addr.arpa");
    }

    /** The name on the wire. */
    byte[] wire() {
        return wire;
    }

    /**
     * Whether it is the name of the root.
     *
     * @return true if it has no labels
     */
    public boolean isRoot() {
        return wire.length == 1;
    }

    /** An octet as comparisons see it. Lengths of labels are below the letters. */
    private static int folded(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 'a' - 'A' : octet;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DnsName that && isEqual(wire, that.wire);
    }

    private static boolean isEqual(byte[] a, byte[] b) {
        boolean equal = a.length == b.length;
        for (int i = 0; equal && i < a.length; i++) {
            equal = folded(a[i]) == folded(b[i]);
        }
        return equal;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (byte octet : wire) {
            hash = 31 * hash + folded(octet);
        }
        return hash;
    }

    /** The name as {@link #parse} reads it, without a dot at the end; the root is a dot alone. */
    @Override
    public String toString() {
        return DnsNameText.of(wire);
    }
}
