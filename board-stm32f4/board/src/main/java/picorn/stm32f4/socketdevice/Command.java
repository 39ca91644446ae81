// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A command as it stands in its ring (docs/socket-device.md, "Commands"); one object serves all. */
final class Command {
    static final int SIZE = 32;

    /** Flag of BIND: although connections are on that port. */
    static final int REUSE = 0;
    /** Flag of CONNECT: end the association. */
    static final int DISCONNECT = 0;
    /** Flag of NAME: of the peer. */
    static final int PEER = 0;
    /** Flag of RECV: look only. */
    static final int PEEK = 0;
    /** Flag of SEND: to the command's address and port. */
    static final int ADDRESSED = 0;
    /** Flag of SEND: the last octet is urgent. */
    static final int URGENT = 1;
    /** Flag of SEND: broadcast is allowed. */
    static final int BROADCAST = 2;

    private static final int SOCKET = 2;
    private static final int ADDRESS = 4;
    private static final int PORT = 8;
    private static final int PIECES = 10;
    private static final int LIST = 12;
    private static final int A = 16;
    private static final int B = 20;
    private static final int C = 24;
    private static final int TAG = 28;

    final byte[] octets = new byte[SIZE];
    private final ByteBuffer little = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer big = ByteBuffer.wrap(octets);

    int operation() {
        return octets[0] & 0xFF;
    }

    /** Whether a flag is set; which ones there are depends on the operation. */
    boolean flag(int n) {
        return (octets[1] >> n & 1) != 0;
    }

    int socket() {
        return little.getShort(SOCKET) & 0xFFFF;
    }

    /** Bits of an IPv4 address. */
    int address() {
        return big.getInt(ADDRESS);
    }

    int port() {
        return big.getShort(PORT) & 0xFFFF;
    }

    int pieces() {
        return little.getShort(PIECES) & 0xFFFF;
    }

    int list() {
        return little.getInt(LIST);
    }

    int a() {
        return little.getInt(A);
    }

    /** A as a netmask. */
    int mask() {
        return big.getInt(A);
    }

    int b() {
        return little.getInt(B);
    }

    /** B as an IPv4 address. */
    int gateway() {
        return big.getInt(B);
    }

    int c() {
        return little.getInt(C);
    }

    int tag() {
        return little.getInt(TAG);
    }
}
