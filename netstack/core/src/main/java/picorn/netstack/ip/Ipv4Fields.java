// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.octets.InternetChecksum;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;
import picorn.netstack.octets.U32;
import picorn.netstack.octets.U8;

/** Where the fields of an IPv4 header are (RFC 791, section 3.1), and what must hold of it. */
public final class Ipv4Fields {
    static final U8 VERSION_AND_LENGTH = U8.at(0);
    static final U8 TYPE_OF_SERVICE = VERSION_AND_LENGTH.next();
    static final U16 TOTAL_LENGTH = U16.after(TYPE_OF_SERVICE);
    static final U16 IDENTIFICATION = TOTAL_LENGTH.next();
    static final U16 FRAGMENT = IDENTIFICATION.next();
    static final U8 TIME_TO_LIVE = U8.after(FRAGMENT);
    static final U8 PROTOCOL = TIME_TO_LIVE.next();
    static final U16 CHECKSUM = U16.after(PROTOCOL);
    static final U32 SOURCE = U32.after(CHECKSUM);
    static final U32 DESTINATION = SOURCE.next();

    /** Octets of a header without options. */
    public static final int SIZE = DESTINATION.end();

    static final int VERSION_4 = 0x40;
    private static final int OFFSET = 0x1FFF;
    private static final int MORE_AND_OFFSET = Ipv4Header.MORE_FRAGMENTS | OFFSET;

    static void write(
            Octets out,
            int length,
            int identification,
            int fragment,
            int ttl,
            int protocol,
            int source,
            int destination) {
        VERSION_AND_LENGTH.set(out, VERSION_4 | SIZE / 4);
        TYPE_OF_SERVICE.set(out, 0);
        TOTAL_LENGTH.set(out, length);
        IDENTIFICATION.set(out, identification);
        FRAGMENT.set(out, fragment);
        TIME_TO_LIVE.set(out, ttl);
        PROTOCOL.set(out, protocol);
        SOURCE.set(out, source);
        DESTINATION.set(out, destination);
    }

    static void seal(Octets out) {
        CHECKSUM.set(out, 0);
        CHECKSUM.set(out, InternetChecksum.of(InternetChecksum.sum(out.array(), out.offset(), headerLength(out))));
    }

    static void seal(Octets out, Offload offload) {
        if (!offload.computes(0)) {
            seal(out);
        }
    }

    static void check(Octets in) throws Malformed {
        check(in, Offload.NONE);
    }

    static void check(Octets in, Offload offload) throws Malformed {
        in.require(SIZE, Ipv4Drop.TRUNCATED);
        if ((VERSION_AND_LENGTH.get(in) & 0xF0) != VERSION_4) {
            throw Ipv4Drop.BAD_VERSION.malformed();
        }
        int header = headerLength(in);
        if (header < SIZE || header > in.length()) {
            throw Ipv4Drop.BAD_HEADER_LENGTH.malformed();
        }
        int total = TOTAL_LENGTH.get(in);
        if (total < header || total > in.length()) {
            throw Ipv4Drop.BAD_TOTAL_LENGTH.malformed();
        }
        if (!offload.verifies(0) && !InternetChecksum.isRight(InternetChecksum.sum(in.array(), in.offset(), header))) {
            throw Ipv4Drop.BAD_CHECKSUM.malformed();
        }
    }

    static int headerLength(Octets in) {
        return (VERSION_AND_LENGTH.get(in) & 0x0F) * 4;
    }

    /** Where in the packet the data of a fragment begins, in octets. */
    static int fragmentOffset(Octets in) {
        return (FRAGMENT.get(in) & OFFSET) * 8;
    }

    /** Whether further fragments follow. */
    static boolean isFollowed(Octets in) {
        return (FRAGMENT.get(in) & Ipv4Header.MORE_FRAGMENTS) != 0;
    }

    /** Whether it must not be cut up. */
    static boolean isWhole(Octets in) {
        return (FRAGMENT.get(in) & Ipv4Header.DONT_FRAGMENT) != 0;
    }

    static boolean isFragment(Octets in) {
        return (FRAGMENT.get(in) & MORE_AND_OFFSET) != 0;
    }

    private Ipv4Fields() {}
}
