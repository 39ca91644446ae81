// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;

/**
 * What is asked of a server (RFC 1035, section 4.1.2).
 *
 * @param name about what
 * @param type the number of the type of record that is wanted
 * @param space the number of the class
 */
public record DnsQuestion(DnsName name, int type, int space) {
    private static final int HEADER = 12;
    private static final int OPT = 41;
    private static final int OPT_OCTETS = 11;

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

    /**
     * Writes a query, a header and this question, as simple as a query is.
     *
     * @return its length
     */
    int ask(Octets out, int id) {
        byte[] wire = name.wire();
        out.clear(0, HEADER);
        U16.at(0).set(out, id);
        U16.at(2).set(out, DnsMessage.RECURSION_DESIRED);
        U16.at(4).set(out, 1);
        out.put(HEADER, wire, 0, wire.length);
        U16 end = U16.at(HEADER + wire.length);
        end.set(out, type);
        end.next().set(out, space);
        return end.next().end();
    }

    /** Adds the pseudo-record by which longer answers are welcome (RFC 6891, section 6.1.2). */
    static int offerEdns(Octets out, int at) {
        U16.at(10).set(out, 1);
        out.clear(at, OPT_OCTETS);
        U16.at(at + 1).set(out, OPT);
        U16.at(at + 3).set(out, DnsMessage.EDNS_OCTETS);
        return at + OPT_OCTETS;
    }
}
