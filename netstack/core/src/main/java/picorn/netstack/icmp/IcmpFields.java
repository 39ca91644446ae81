// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import picorn.netstack.octets.InternetChecksum;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;
import picorn.netstack.octets.U32;
import picorn.netstack.octets.U8;

/** Where the fields of an ICMP message are (RFC 792), and what must hold of it. */
final class IcmpFields {
    static final U8 TYPE = U8.at(0);
    static final U8 CODE = TYPE.next();
    static final U16 CHECKSUM = U16.after(CODE);
    static final U16 IDENTIFIER = CHECKSUM.next();
    static final U16 SEQUENCE = IDENTIFIER.next();

    /** Identifier and sequence number together, which errors use for one number. */
    static final U32 WORD = U32.after(CHECKSUM);

    /** Octets of the header. */
    public static final int SIZE = SEQUENCE.end();

    static final int SOURCE_QUENCH = 4;

    static void put(Octets out, int type, int code, int word) {
        TYPE.set(out, type);
        CODE.set(out, code);
        CHECKSUM.set(out, 0);
        WORD.set(out, word);
    }

    static void seal(Octets out) {
        CHECKSUM.set(out, InternetChecksum.of(InternetChecksum.sum(out)));
    }

    static void check(Octets in) throws Malformed {
        check(in, true);
    }

    static void check(Octets in, boolean sum) throws Malformed {
        in.require(SIZE, IcmpDrop.TRUNCATED);
        if (sum && !InternetChecksum.isRight(InternetChecksum.sum(in))) {
            throw IcmpDrop.BAD_CHECKSUM.malformed();
        }
    }

    static boolean isError(int type) {
        return type >= IcmpHeader.UNREACHABLE && type <= 5 || type == 11 || type == 12;
    }

    private IcmpFields() {}
}
