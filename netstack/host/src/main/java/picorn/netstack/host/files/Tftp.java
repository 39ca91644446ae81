// SPDX-License-Identifier: MIT
package picorn.netstack.host.files;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import picorn.netstack.udp.UdpDatagram;

/** The packets of TFTP (RFC 1350, section 5; RFC 2347). */
final class Tftp {
    static final int PORT = 69;
    static final int RRQ = 1;
    static final int WRQ = 2;
    static final int DATA = 3;
    static final int ACK = 4;
    static final int ERROR = 5;
    static final int OACK = 6;

    /** Octets before the data. */
    static final int HEADER = 4;

    /** Error codes. */
    static final int UNDEFINED = 0;

    static final int NOT_FOUND = 1;
    static final int ACCESS_VIOLATION = 2;
    static final int ILLEGAL = 4;
    static final int UNKNOWN_ID = 5;

    private Tftp() {}

    static int word(byte[] octets, int at) {
        return (octets[at] & 0xFF) << 8 | octets[at + 1] & 0xFF;
    }

    /** Whether a packet is an error, which is never answered. */
    static boolean isError(UdpDatagram packet) {
        return packet.length() >= 2 && word(packet.buffer(), 0) == ERROR;
    }

    /** Writes an error into {@code to}; the result is its length. */
    static int error(byte[] to, int code, String message) {
        byte[] text = message.getBytes(StandardCharsets.US_ASCII);
        ByteBuffer.wrap(to)
                .putShort((short) ERROR)
                .putShort((short) code)
                .put(text)
                .put((byte) 0);
        return HEADER + text.length + 1;
    }
}
