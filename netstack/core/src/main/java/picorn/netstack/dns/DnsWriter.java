// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import picorn.netstack.octets.Octets;

/** Writes a DNS message from front to back, its names compressed (RFC 1035, section 4.1.4). */
final class DnsWriter {
    private static final int POINTER = 0xC000;
    private static final int LAST_POINTED_AT = 0x3FFF;

    private final Octets message;
    private final Map<DnsName, Integer> written = new HashMap<>();
    private int at;

    DnsWriter(Octets message) {
        this.message = message;
    }

    int at() {
        return at;
    }

    void u8(int value) {
        message.put(at++, new byte[] {(byte) value}, 0, 1);
    }

    void u16(int value) {
        u8(value >>> 8);
        u8(value);
    }

    void u32(int value) {
        u16(value >>> 16);
        u16(value);
    }

    void u64(long value) {
        u32((int) (value >>> 32));
        u32((int) value);
    }

    void octets(byte[] octets, int count) {
        message.put(at, octets, 0, count);
        at += count;
    }

    void octets(String characters) {
        octets(characters.getBytes(StandardCharsets.ISO_8859_1), characters.length());
    }

    /** A name, or as much of it as is not found further up, and a pointer to that. */
    void name(DnsName name) {
        DnsName rest = name;
        while (!rest.isRoot() && !written.containsKey(rest)) {
            if (at <= LAST_POINTED_AT) {
                written.put(rest, at);
            }
            octets(rest.wire(), 1 + rest.wire()[0]);
            rest = rest.parent();
        }
        if (rest.isRoot()) {
            u8(0);
        } else {
            u16(POINTER | written.get(rest));
        }
    }

    /** Writes the length of what has been written since a place into the two octets before it. */
    void lengthSince(int start) {
        int end = at;
        at = start - 2;
        u16(end - start);
        at = end;
    }
}
