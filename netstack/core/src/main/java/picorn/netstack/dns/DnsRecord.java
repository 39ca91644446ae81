// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import picorn.netstack.octets.Malformed;

/**
 * A resource record (RFC 1035, section 4.1.3).
 *
 * @param name what it is about
 * @param type the number of its type
 * @param space the number of its class, {@link #INTERNET} except for the pseudo-records of EDNS
 * @param ttl seconds for which it may be remembered; no more than 2^31 - 1 (RFC 2181, section 8)
 * @param data what it tells
 */
public record DnsRecord(DnsName name, int type, int space, int ttl, DnsData data) {
    /** The class of the Internet. */
    public static final int INTERNET = 1;

    static DnsRecord read(DnsReader in) throws Malformed {
        DnsName name = in.name();
        int type = in.u16();
        int space = in.u16();
        int ttl = in.u32();
        int length = in.u16();
        int end = in.at() + length;
        DnsData data = DnsType.of(type).read(in, length);
        if (in.at() != end) {
            throw DnsDrop.BAD_FORMAT.malformed();
        }
        return new DnsRecord(name, type, space, ttl, data);
    }

    boolean isOf(int type) {
        return this.type == type && space == INTERNET;
    }

    /** Seconds for which it may be remembered, no sign allowed (RFC 2181, section 8). */
    int lifetime() {
        return Math.max(ttl, 0);
    }
}
