// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import picorn.netstack.octets.Malformed;

/** The types of record that the stack knows (RFC 1035, section 3.2.2), and how the data of each is read. */
public enum DnsType {
    /** A type that the stack does not know: its data stays as it is. */
    OTHER(0, (in, length) -> new DnsData.Opaque(in.octets(length))),
    /** IPv4 addresses of a host. */
    A(1, (in, length) -> DnsData.Ipv4.read(in)),
    /** Name servers of a zone. */
    NS(2, (in, length) -> new DnsData.Host(in.name())),
    /** The name that another one stands for. */
    CNAME(5, (in, length) -> new DnsData.Host(in.name())),
    /** The beginning of a zone. */
    SOA(6, (in, length) -> DnsData.Zone.read(in)),
    /** The name of an address. */
    PTR(12, (in, length) -> new DnsData.Host(in.name())),
    /** Text. */
    TXT(16, (in, length) -> DnsData.Text.read(in, length)),
    /** IPv6 addresses of a host (RFC 3596). */
    AAAA(28, (in, length) -> DnsData.Ipv6.read(in)),
    /** Hosts that offer a service (RFC 2782). */
    SRV(33, (in, length) -> DnsData.Service.read(in));

    private final int code;
    private final Format format;

    DnsType(int code, Format format) {
        this.code = code;
        this.format = format;
    }

    /**
     * The number on the wire.
     *
     * @return 1 to 65535, 0 for {@link #OTHER}
     */
    public int code() {
        return code;
    }

    static DnsType of(int code) {
        for (DnsType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return OTHER;
    }

    DnsData read(DnsReader in, int length) throws Malformed {
        return format.read(in, length);
    }

    @FunctionalInterface
    private interface Format {
        DnsData read(DnsReader in, int length) throws Malformed;
    }
}
