// SPDX-License-Identifier: MIT
package picorn.netstack.dns;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** Reads a DNS message from front to back; what goes beyond its end is malformed. */
final class DnsReader {
    private static final int POINTER = 0xC0;

    private final Octets message;
    private int at;

    DnsReader(Octets message) {
        this.message = message;
    }

    int at() {
        return at;
    }

    private int octet(int place) throws Malformed {
        message.require(place + 1, DnsDrop.TRUNCATED);
        return message.octet(place);
    }

    int u8() throws Malformed {
        return octet(at++);
    }

    int u16() throws Malformed {
        return u8() << 8 | u8();
    }

    int u32() throws Malformed {
        return u16() << 16 | u16();
    }

    long u64() throws Malformed {
        return (long) u32() << 32 | u32() & 0xFFFF_FFFFL;
    }

    /** Octets as characters, one each. */
    String octets(int count) throws Malformed {
        message.require(at + count, DnsDrop.TRUNCATED);
        at += count;
        return new String(message.array(), message.offset() + at - count, count, StandardCharsets.ISO_8859_1);
    }

    /**
     * A name (RFC 1035, section 4.1.4). Its pointers lead ever further back, so that they make no loop.
     *
     * @throws Malformed if one does not, or the name is longer than 255 octets
     */
    DnsName name() throws Malformed {
        byte[] wire = new byte[DnsName.LONGEST];
        int length = 0;
        int start = at;
        int end = -1;
        int label;
        do {
            label = u8();
            if (label >= POINTER) {
                int target = (label & ~POINTER) << 8 | u8();
                end = end < 0 ? at : end;
                at = start = backward(target, start);
            } else {
                length = label(label, wire, length);
            }
        } while (label != 0);
        at = end < 0 ? at : end;
        return new DnsName(Arrays.copyOf(wire, length));
    }

    private static int backward(int target, int start) throws Malformed {
        if (target >= start) {
            throw DnsDrop.BAD_NAME.malformed();
        }
        return target;
    }

    /** Adds a label, the octets of which come next, to a name; the result is the name's length. */
    private int label(int octets, byte[] wire, int length) throws Malformed {
        int end = length + 1 + octets;
        if (octets > DnsName.LONGEST_LABEL || end > wire.length) {
            throw DnsDrop.BAD_NAME.malformed();
        }
        message.require(at + octets, DnsDrop.TRUNCATED);
        wire[length] = (byte) octets;
        System.arraycopy(message.array(), message.offset() + at, wire, length + 1, octets);
        at += octets;
        return end;
    }
}
