// SPDX-License-Identifier: MIT
package picorn.stm32f4.system;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import picorn.emulator.bus.Device;

/**
 * The one-time programmable area, unprogrammed, and the device electronic signature (RM0090, 3.7 and chapter 39): read-only octets
 * that stand at 0x1FFF7800.
 */
public final class DeviceSignature implements Device {
    /** Where it stands. */
    public static final int BASE = 0x1FFF_7800;

    /** Octets. */
    public static final int SIZE = 0x300;

    private static final int UNIQUE_ID = 0x210;
    private static final int FLASH_SIZE = 0x222;

    private final ByteBuffer octets = ByteBuffer.allocate(SIZE + 4).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * @param uniqueId the three words of the 96-bit unique identifier
     * @param flashKilobytes size of the main flash memory
     */
    public DeviceSignature(int[] uniqueId, int flashKilobytes) {
        Arrays.fill(octets.array(), (byte) 0xFF);
        for (int word = 0; word < 3; word++) {
            octets.putInt(UNIQUE_ID + 4 * word, uniqueId[word]);
        }
        octets.putShort(FLASH_SIZE, (short) flashKilobytes);
    }

    @Override
    public String name() {
        return "OTP";
    }

    @Override
    public int read(int offset, int width) {
        return peek(offset, width);
    }

    @Override
    public void write(int offset, int width, int value) {
        // It cannot be programmed here: as with a locked area, nothing happens.
    }

    @Override
    public int peek(int offset, int width) {
        int word = octets.getInt(offset);
        return width == 4 ? word : word & (1 << 8 * width) - 1;
    }
}
