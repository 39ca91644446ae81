// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

import picorn.netstack.address.AddressPair;
import picorn.netstack.octets.InternetChecksum;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;
import picorn.netstack.octets.U16;

/** Where the fields of a UDP header are (RFC 768), and what must hold of it. */
final class UdpFields {
    static final U16 SOURCE_PORT = U16.at(0);
    static final U16 DESTINATION_PORT = SOURCE_PORT.next();
    static final U16 LENGTH = DESTINATION_PORT.next();
    static final U16 CHECKSUM = LENGTH.next();

    /** Octets of the header. */
    public static final int SIZE = CHECKSUM.end();

    private static final int PROTOCOL = 17;

    /** Writes a header without a checksum. */
    static void write(Octets out, int sourcePort, int destinationPort) {
        SOURCE_PORT.set(out, sourcePort);
        DESTINATION_PORT.set(out, destinationPort);
        LENGTH.set(out, out.length());
        CHECKSUM.set(out, 0);
    }

    /** Puts the checksum in; one of 0 is sent as its other form. */
    static void seal(Octets out, AddressPair addresses) {
        int checksum =
                InternetChecksum.of(InternetChecksum.sum(out) + addresses.pseudoHeaderSum(PROTOCOL, out.length()));
        CHECKSUM.set(out, checksum == 0 ? 0xFFFF : checksum);
    }

    static void checkLength(Octets in) throws Malformed {
        in.require(SIZE, UdpDrop.TRUNCATED);
        if (LENGTH.get(in) < SIZE || LENGTH.get(in) > in.length()) {
            throw UdpDrop.BAD_LENGTH.malformed();
        }
    }

    static void checkSum(Octets in, AddressPair addresses) throws Malformed {
        int length = LENGTH.get(in);
        if (CHECKSUM.get(in) == 0) {
            return;
        }
        long sum = InternetChecksum.sum(in.array(), in.offset(), length);
        if (!InternetChecksum.isRight(sum + addresses.pseudoHeaderSum(PROTOCOL, length))) {
            throw UdpDrop.BAD_CHECKSUM.malformed();
        }
    }

    private UdpFields() {}
}
