// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import java.util.Arrays;

/** The PAUSE frame (IEEE 802.3, annex 31B). */
final class PauseFrame {
    private static final int SOURCE = 6;
    private static final int TYPE = 12;
    private static final int OPCODE = TYPE + 2;
    private static final int QUANTA = OPCODE + 2;
    private static final int END = QUANTA + 2;
    private static final int ADDRESS_SIZE = 6;
    private static final byte[] DESTINATION = {0x01, (byte) 0x80, (byte) 0xC2, 0, 0, 1};
    private static final byte[] TYPE_AND_OPCODE = {(byte) 0x88, 0x08, 0, 1};

    private PauseFrame() {}

    /** Fills {@code frame}. */
    static void emit(byte[] frame, MacAddressPair source, int quanta) {
        Arrays.fill(frame, (byte) 0);
        System.arraycopy(DESTINATION, 0, frame, 0, ADDRESS_SIZE);
        for (int i = 0; i < ADDRESS_SIZE; i++) {
            frame[SOURCE + i] = source.octet(i);
        }
        System.arraycopy(TYPE_AND_OPCODE, 0, frame, TYPE, TYPE_AND_OPCODE.length);
        frame[QUANTA] = (byte) (quanta >>> 8);
        frame[QUANTA + 1] = (byte) quanta;
    }

    /** Whether it is any MAC control frame. */
    static boolean isControl(byte[] frame) {
        return frame[TYPE] == TYPE_AND_OPCODE[0] && frame[TYPE + 1] == TYPE_AND_OPCODE[1];
    }

    static boolean isPause(byte[] frame, int length) {
        return length >= END && Arrays.equals(frame, TYPE, QUANTA, TYPE_AND_OPCODE, 0, TYPE_AND_OPCODE.length);
    }

    static boolean isMulticast(byte[] frame) {
        return Arrays.equals(frame, 0, ADDRESS_SIZE, DESTINATION, 0, ADDRESS_SIZE);
    }

    /** Units of 512 bit times. */
    static int quanta(byte[] frame) {
        return (frame[QUANTA] & 0xFF) << 8 | frame[QUANTA + 1] & 0xFF;
    }
}
