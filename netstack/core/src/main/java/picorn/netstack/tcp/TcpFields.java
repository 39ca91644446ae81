// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.address.AddressPair;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.octets.InternetChecksum;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;
import picorn.netstack.octets.U32;

/** Where the fields of a TCP header are (RFC 9293, section 3.1), and what must hold of it. */
final class TcpFields {
    static final U16 SOURCE_PORT = U16.at(0);
    static final U16 DESTINATION_PORT = SOURCE_PORT.next();
    static final U32 SEQUENCE = U32.after(DESTINATION_PORT);
    static final U32 ACKNOWLEDGMENT = SEQUENCE.next();
    /** Data offset in 32-bit words, four reserved bits, control bits. */
    static final U16 OFFSET_AND_FLAGS = U16.after(ACKNOWLEDGMENT);

    static final U16 WINDOW = OFFSET_AND_FLAGS.next();
    static final U16 CHECKSUM = WINDOW.next();
    static final U16 URGENT = CHECKSUM.next();

    /** Octets of a header without options. */
    public static final int SIZE = URGENT.end();

    /** Its number in the IP header. */
    static final int PROTOCOL = 6;

    static int length(Octets in) {
        return OFFSET_AND_FLAGS.get(in) >>> 12 << 2;
    }

    static void checkLength(Octets in) throws Malformed {
        in.require(SIZE, TcpDrop.TRUNCATED);
        if (length(in) < SIZE || length(in) > in.length()) {
            throw TcpDrop.BAD_OFFSET.malformed();
        }
    }

    /** Refuses a segment that is malformed, or whose checksum, unless the link has verified it, is wrong. */
    static void check(Octets in, IpPacket packet) throws Malformed {
        checkLength(in);
        if (packet.needsChecksum(PROTOCOL)
                && !InternetChecksum.isRight(
                        InternetChecksum.sum(in) + packet.addresses().pseudoHeaderSum(PROTOCOL, in.length()))) {
            throw TcpDrop.BAD_CHECKSUM.malformed();
        }
    }

    /** Puts in the checksum of a segment that is complete but for it. */
    static void seal(Octets out, AddressPair addresses) {
        CHECKSUM.set(out, 0);
        long sum = InternetChecksum.sum(out) + addresses.pseudoHeaderSum(PROTOCOL, out.length());
        CHECKSUM.set(out, InternetChecksum.of(sum));
    }

    private TcpFields() {}
}
