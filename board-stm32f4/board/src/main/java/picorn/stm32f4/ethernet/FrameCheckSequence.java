// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import java.util.zip.CRC32;

/** The frame check sequence of Ethernet (IEEE 802.3, clause 3.2.9), least significant octet first. */
final class FrameCheckSequence {
    private final CRC32 crc = new CRC32();

    private int of(byte[] frame, int length) {
        crc.reset();
        crc.update(frame, 0, length);
        return (int) crc.getValue();
    }

    /** Puts it behind the first {@code length} octets. */
    void append(byte[] frame, int length) {
        int value = of(frame, length);
        for (int i = 0; i < TransmitFrame.FCS_SIZE; i++) {
            frame[length + i] = (byte) (value >>> 8 * i);
        }
    }

    /** Whether the four octets behind the first {@code length} are theirs. */
    boolean matches(byte[] frame, int length) {
        int value = of(frame, length);
        for (int i = 0; i < TransmitFrame.FCS_SIZE; i++) {
            if (frame[length + i] != (byte) (value >>> 8 * i)) {
                return false;
            }
        }
        return true;
    }
}
