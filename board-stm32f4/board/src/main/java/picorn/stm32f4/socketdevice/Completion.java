// SPDX-License-Identifier: MIT
package picorn.stm32f4.socketdevice;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** What becomes of a command, as it stands in its ring (docs/socket-device.md, "Commands"); one object serves all. */
final class Completion {
    static final int SIZE = 32;

    private static final int RESULT = 4;
    private static final int ADDRESS = 8;
    private static final int PORT = 12;
    private static final int A = 16;
    private static final int B = 20;
    private static final int STATE = 24;
    private static final int COUNT = 28;
    /** Where C stands, in operations that need it and have no use for a port. */
    private static final int C = PORT;

    final byte[] octets = new byte[SIZE];
    private final ByteBuffer little = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer big = ByteBuffer.wrap(octets);

    void start(int tag) {
        Arrays.fill(octets, (byte) 0);
        little.putInt(0, tag);
    }

    void end(int result, int state, int count) {
        little.putInt(RESULT, result).putInt(STATE, state).putInt(COUNT, count);
    }

    void endpoint(int address, int port) {
        big.putInt(ADDRESS, address).putShort(PORT, (short) port);
    }

    void a(int value) {
        little.putInt(A, value);
    }

    void b(int value) {
        little.putInt(B, value);
    }

    void c(int value) {
        little.putInt(C, value);
    }
}
