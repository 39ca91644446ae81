// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/**
 * DNS message (RFC 1035, section 4.1).
 *
 * @param id what a client tells answers by
 * @param flags {@link #RESPONSE} and its like, and the response code in the lowest four bits
 * @param questions usually one
 * @param answers records that answer it
 * @param authorities records of the zone
 * @param additionals further records, those of EDNS among them
 */
public record DnsMessage(
        int id,
        int flags,
        List<DnsQuestion> questions,
        List<DnsRecord> answers,
        List<DnsRecord> authorities,
        List<DnsRecord> additionals) {
    /** Where servers listen. */
    public static final int PORT = 53;

    /** A server's message. */
    public static final int RESPONSE = 0x8000;

    /** The kind of question, 0 for the usual one. */
    public static final int OPCODE = 0x7800;

    /** The server is one of the zone's own. */
    public static final int AUTHORITATIVE = 0x0400;

    /** Part of the answer did not fit. */
    public static final int TRUNCATED = 0x0200;

    /** The server is to ask others if need be. */
    public static final int RECURSION_DESIRED = 0x0100;

    /** The response code: why there is no answer. */
    public static final int RESPONSE_CODE = 0x000F;

    /** The response code of a message that answers. */
    public static final int NO_ERROR = 0;

    /** The response code for a question that the server did not understand. */
    public static final int FORMAT_ERROR = 1;

    /** The response code of a server that is unable to answer now. */
    public static final int SERVER_FAILURE = 2;

    /** The response code for a name that does not exist. */
    public static final int NAME_ERROR = 3;

    /** The response code for a kind of question that the server does not know. */
    public static final int NOT_IMPLEMENTED = 4;

    /** The response code of a server that does not want to answer. */
    public static final int REFUSED = 5;

    /** Octets of an answer that passes every network in one piece (RFC 9715, section 3). */
    static final int EDNS_OCTETS = 1232;

    /**
     * Reads a message.
     *
     * @param in a message to its last octet
     * @return the message
     * @throws Malformed if it is cut short, or has names or data that cannot be
     */
    public static DnsMessage parse(Octets in) throws Malformed {
        DnsReader reader = new DnsReader(in);
        int id = reader.u16();
        int flags = reader.u16();
        int questions = reader.u16();
        int answers = reader.u16();
        int authorities = reader.u16();
        int additionals = reader.u16();
        return new DnsMessage(
                id,
                flags,
                read(questions, reader, DnsQuestion::read),
                read(answers, reader, DnsRecord::read),
                read(authorities, reader, DnsRecord::read),
                read(additionals, reader, DnsRecord::read));
    }

    private static <T> List<T> read(int count, DnsReader in, Item<T> item) throws Malformed {
        List<T> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item.read(in));
        }
        return items;
    }

    @FunctionalInterface
    private interface Item<T> {
        T read(DnsReader in) throws Malformed;
    }

    /**
     * Writes the message, with names compressed.
     *
     * @param out room for it
     * @return octets of the message
     * @throws IndexOutOfBoundsException if the room does not suffice
     */
    public int emit(Octets out) {
        return new DnsWriter(out).write(this);
    }

    /** The answers about a name that are of a type. */
    List<DnsRecord> answers(DnsName name, int type) {
        List<DnsRecord> found = new ArrayList<>();
        for (DnsRecord record : answers) {
            if (record.isOf(type) && record.name().equals(name)) {
                found.add(record);
            }
        }
        return found;
    }

    /** What tells for how long one may remember that something is not there (RFC 2308, section 3). */
    Optional<DnsRecord> zone() {
        for (DnsRecord record : authorities) {
            if (record.isOf(DnsType.SOA.code())) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }

    int responseCode() {
        return flags & RESPONSE_CODE;
    }

    boolean isTruncated() {
        return (flags & TRUNCATED) != 0;
    }

    /** Whether it is an answer to a query. */
    boolean answers(int id, DnsQuestion question) {
        return this.id == id && (flags & (RESPONSE | OPCODE)) == RESPONSE && questions.equals(List.of(question));
    }
}
