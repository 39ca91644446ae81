// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import picorn.netstack.octets.Octets;

/** Writes any DNS message, its names compressed (RFC 1035, section 4.1.4); the client does without, see {@link DnsQuestion#ask}. */
final class DnsWriter {
    private static final int POINTER = 0xC000;
    private static final int LAST_POINTED_AT = 0x3FFF;

    private final Octets message;
    private final Map<DnsName, Integer> written = new HashMap<>();
    private int at;

    DnsWriter(Octets message) {
        this.message = message;
    }

    /** Writes a message; the result is its length. */
    int write(DnsMessage all) {
        u16(all.id());
        u16(all.flags());
        u16(all.questions().size());
        u16(all.answers().size());
        u16(all.authorities().size());
        u16(all.additionals().size());
        all.questions().forEach(this::write);
        all.answers().forEach(this::write);
        all.authorities().forEach(this::write);
        all.additionals().forEach(this::write);
        return at;
    }

    private void write(DnsQuestion question) {
        name(question.name());
        u16(question.type());
        u16(question.space());
    }

    private void write(DnsRecord record) {
        name(record.name());
        u16(record.type());
        u16(record.space());
        u32(record.ttl());
        u16(0);
        int start = at;
        write(record.data());
        lengthSince(start);
    }

    private void write(DnsData data) {
        if (data instanceof DnsData.Ipv4 found) {
            u32(found.address().bits());
        } else if (data instanceof DnsData.Ipv6 found) {
            u64(found.high());
            u64(found.low());
        } else if (data instanceof DnsData.Host other) {
            name(other.name());
        } else if (data instanceof DnsData.Zone zone) {
            write(zone);
        } else if (data instanceof DnsData.Text text) {
            text.strings().forEach(this::string);
        } else if (data instanceof DnsData.Service service) {
            write(service);
        } else if (data instanceof DnsData.Opaque opaque) {
            octets(opaque.octets());
        }
    }

    private void write(DnsData.Zone zone) {
        name(zone.server());
        name(zone.mailbox());
        u32(zone.serial());
        u32(zone.refresh());
        u32(zone.retry());
        u32(zone.expire());
        u32(zone.minimum());
    }

    private void write(DnsData.Service service) {
        u16(service.priority());
        u16(service.weight());
        u16(service.port());
        octets(service.host().wire(), service.host().wire().length); // never compressed: RFC 2782
    }

    private void string(String text) {
        u8(text.length());
        octets(text);
    }

    private void u8(int value) {
        message.put(at++, new byte[] {(byte) value}, 0, 1);
    }

    private void u16(int value) {
        u8(value >>> 8);
        u8(value);
    }

    private void u32(int value) {
        u16(value >>> 16);
        u16(value);
    }

    private void u64(long value) {
        u32((int) (value >>> 32));
        u32((int) value);
    }

    private void octets(byte[] octets, int count) {
        message.put(at, octets, 0, count);
        at += count;
    }

    private void octets(String characters) {
        octets(characters.getBytes(StandardCharsets.ISO_8859_1), characters.length());
    }

    /** A name, or as much of it as is not found further up, and a pointer to that. */
    private void name(DnsName name) {
        DnsName rest = name;
        while (!rest.isRoot() && !written.containsKey(rest)) {
            if (at <= LAST_POINTED_AT) {
                written.put(rest, at);
            }
            octets(rest.wire(), 1 + rest.wire()[0]);
            rest = parent(rest);
        }
        if (rest.isRoot()) {
            u8(0);
        } else {
            u16(POINTER | written.get(rest));
        }
    }

    /** Writes the length of what has been written since a place into the two octets before it. */
    /** The name without its first label, of which there is one. */
    private static DnsName parent(DnsName name) {
        return new DnsName(Arrays.copyOfRange(name.wire(), 1 + name.wire()[0], name.wire().length));
    }

    private void lengthSince(int start) {
        int end = at;
        at = start - 2;
        u16(end - start);
        at = end;
    }
}
