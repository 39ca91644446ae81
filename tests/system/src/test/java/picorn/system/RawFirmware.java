// SPDX-License-Identifier: MIT
package picorn.system;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A little firmware as a raw binary for 0x08000000: a vector table whose every vector but Reset leads nowhere good, then code. */
final class RawFirmware {
    private static final int STACK = 0x2000_1000;
    private static final int CODE = 0x0800_0040;

    private RawFirmware() {}

    /** Its code is these halfwords. */
    static byte[] of(int... halfwords) {
        ByteBuffer image = ByteBuffer.allocate(0x40 + 2 * halfwords.length).order(ByteOrder.LITTLE_ENDIAN);
        image.putInt(STACK).putInt(CODE | 1);
        image.position(0x40);
        for (int halfword : halfwords) {
            image.putShort((short) halfword);
        }
        return image.array();
    }

    /** Sends back over USART1, at 115200 baud from HSI, whatever comes there: polls SR, copies DR. */
    static byte[] serialEcho() {
        return of(
                0xF643, 0x0044, 0xF2C4, 0x0002, 0x2110, 0x6001, 0xF241, 0x0000, 0xF2C4, 0x0001, 0x218B, 0x6081, 0xF242,
                0x010C, 0x60C1, 0x6801, 0x068A, 0xD5FC, 0x6842, 0x6801, 0x060B, 0xD5FC, 0x6042, 0xE7F6);
    }
}
