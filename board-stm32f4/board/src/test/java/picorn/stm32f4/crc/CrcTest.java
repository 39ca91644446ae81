// SPDX-License-Identifier: MIT
package picorn.stm32f4.crc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** RM0090, chapter 4; the expected value is that of CRC-32/MPEG-2, which has the same parameters, for "12345678". */
class CrcTest {
    private static final int DR = 0;
    private static final int IDR = 4;
    private static final int CR = 8;

    private final Crc crc = new Crc();

    @Test
    void feedsWordsMostSignificantBitFirst() {
        crc.write(DR, 4, 0x3132_3334);
        crc.write(DR, 4, 0x3536_3738);
        assertThat(crc.read(DR, 4)).isEqualTo(mpeg2("12345678"));
    }

    /** CRC-32/MPEG-2 octet by octet, as its definition has it: polynomial 0x04C11DB7, initial value all ones, not reflected. */
    private static int mpeg2(String text) {
        int value = -1;
        for (char octet : text.toCharArray()) {
            value ^= octet << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 0x8000_0000) != 0 ? value << 1 ^ 0x04C1_1DB7 : value << 1;
            }
        }
        return value;
    }

    @Test
    void aZeroWordAfterResetGivesTheKnownValue() {
        crc.write(DR, 4, 0);
        assertThat(crc.read(DR, 4)).isEqualTo(0xC704_DD7B);
    }

    @Test
    void resetBitStartsOverAndReadsAsZero() {
        crc.write(DR, 4, 1);
        crc.write(CR, 4, 1);
        assertThat(crc.read(CR, 4)).isZero();
        assertThat(crc.read(DR, 4)).isEqualTo(-1);
    }

    @Test
    void theIndependentRegisterKeepsItsOctetThroughReset() {
        crc.write(IDR, 4, 0x1A5);
        crc.write(CR, 4, 1);
        assertThat(crc.read(IDR, 4)).isEqualTo(0xA5);
    }
}
