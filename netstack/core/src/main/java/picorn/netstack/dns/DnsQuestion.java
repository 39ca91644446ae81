// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import picorn.netstack.octets.Malformed;

/**
 * What is asked of a server (RFC 1035, section 4.1.2).
 *
 * @param name about what
 * @param type the number of the type of record that is wanted
 * @param space the number of the class
 */
public record DnsQuestion(DnsName name, int type, int space) {
    /**
     * A question about the Internet.
     *
     * @param name about what
     * @param type the type of record that is wanted
     */
    public DnsQuestion(DnsName name, DnsType type) {
        this(name, type.code(), DnsRecord.INTERNET);
    }

    static DnsQuestion read(DnsReader in) throws Malformed {
        return new DnsQuestion(in.name(), in.u16(), in.u16());
    }

    void write(DnsWriter out) {
        out.name(name);
        out.u16(type);
        out.u16(space);
    }
}
