// SPDX-License-Identifier: MIT
package picorn.system;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Little firmwares as raw binaries: a vector table whose every vector but Reset leads nowhere good, then code. */
final class RawFirmware {
    private static final int STACK = 0x2000_1000;
    private static final int FLASH = 0x0800_0000;
    private static final int CODE_OFFSET = 0x40;

    private RawFirmware() {}

    /** For the start of flash memory; its code is these halfwords. */
    static byte[] of(int... halfwords) {
        return at(FLASH, halfwords);
    }

    /** For {@code base}. */
    static byte[] at(int base, int... halfwords) {
        ByteBuffer image =
                ByteBuffer.allocate(CODE_OFFSET + 2 * halfwords.length).order(ByteOrder.LITTLE_ENDIAN);
        image.putInt(STACK).putInt(base + CODE_OFFSET | 1);
        image.position(CODE_OFFSET);
        for (int halfword : halfwords) {
            image.putShort((short) halfword);
        }
        return image.array();
    }

    /** Ends well at once, by semihosting's SYS_EXIT, wherever it is loaded. */
    static byte[] exit(int base) {
        return at(base, 0x2018, 0xF240, 0x0126, 0xF2C0, 0x0102, 0xBEAB);
    }

    /** Writes USART2_CR1, whose clock is off, then ends well. */
    static byte[] usesGatedPeripheral() {
        return of(0xF244, 0x4000, 0xF2C4, 0x0000, 0x60C1, 0x2018, 0xF240, 0x0126, 0xF2C0, 0x0102, 0xBEAB);
    }

    /** Ends with code 7 by SYS_EXIT_EXTENDED. */
    static byte[] exitWithSeven() {
        return of(0x2020, 0xA101, 0xBEAB, 0xBF00, 0x0026, 0x0002, 0x0007, 0x0000);
    }

    /** Requests a reset by AIRCR.SYSRESETREQ until RCC_CSR.SFTRSTF says that there was one, then ends well. */
    static byte[] resetsItself() {
        return of(
                0xF643, 0x0074, 0xF2C4, 0x0002, 0x6801, 0x00CA, 0xD409, 0xF64E, 0x500C, 0xF2CE, 0x0000, 0xF240, 0x0104,
                0xF2C0, 0x51FA, 0x6001, 0xE7FE, 0x2018, 0xF240, 0x0126, 0xF2C0, 0x0102, 0xBEAB);
    }

    /** Clears a word of its own image, requests a reset, and ends well if the word is back then. */
    static byte[] spoilsItselfAndResets(int base) {
        return at(
                base, 0xF643, 0x0074, 0xF2C4, 0x0002, 0x6801, 0x00CA, 0xA30C, 0xD40B, 0x2400, 0x601C, 0xF64E, 0x500C,
                0xF2CE, 0x0000, 0xF240, 0x0104, 0xF2C0, 0x51FA, 0x6001, 0xE7FE, 0x681C, 0x2018, 0x2C2A, 0xBF0C, 0xF240,
                0x0126, 0xF240, 0x0123, 0xF2C0, 0x0102, 0xBEAB, 0xBF00, 0x002A, 0x0000);
    }

    /** Writes a word to SRAM, puts SRAM at address 0 by SYSCFG_MEMRMP, and ends well if it reads the word there. */
    static byte[] remapsSram() {
        return of(
                0xF643, 0x0044, 0xF2C4, 0x0002, 0xF244, 0x0100, 0x6001, 0xF04F, 0x5400, 0xF245, 0x6578, 0xF2C1, 0x2534,
                0x6025, 0xF643, 0x0000, 0xF2C4, 0x0001, 0x2103, 0x6001, 0x2000, 0x6803, 0x2018, 0x42AB, 0xBF0C, 0xF240,
                0x0126, 0xF240, 0x0123, 0xF2C0, 0x0102, 0xBEAB);
    }

    /** Sends back over USART1, at 115200 baud from HSI, whatever comes there: polls SR, copies DR. */
    static byte[] serialEcho() {
        return of(
                0xF643, 0x0044, 0xF2C4, 0x0002, 0x2110, 0x6001, 0xF241, 0x0000, 0xF2C4, 0x0001, 0x218B, 0x6081, 0xF242,
                0x010C, 0x60C1, 0x6801, 0x068A, 0xD5FC, 0x6842, 0x6801, 0x060B, 0xD5FC, 0x6042, 0xE7F6);
    }

    /** Sends an A after the other over USART1, at 1 Mbaud from HSI, for ever. */
    static byte[] serialFlood() {
        return of(
                0xF643, 0x0044, 0xF2C4, 0x0002, 0x2110, 0x6001, 0xF241, 0x0000, 0xF2C4, 0x0001, 0x2110, 0x6081, 0xF242,
                0x0108, 0x60C1, 0x2241, 0x6801, 0x060B, 0xD5FC, 0x6042, 0xE7FA);
    }
}
