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
}
