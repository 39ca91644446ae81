// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import java.util.Arrays;
import picorn.emulator.bus.Region;

/**
 * How much of a memory a run took.
 *
 * @param name the memory
 * @param size its octets
 * @param loaded octets that the image put there
 * @param touched octets, in blocks of 32, that hold something else than after power-up: what was written stays counted after its
 *     use has ended, so that this is a peak; what only zeros were written to is not seen
 */
public record MemoryUse(String name, int size, int loaded, int touched) {
    private static final int BLOCK = 32;
    private static final int CHUNK = 1 << 12;

    static MemoryUse of(Region.Memory memory, int loaded, int erased) {
        return new MemoryUse(memory.name(), memory.size(), loaded, touched(memory, erased));
    }

    /** By chunks, as a whole where nothing is touched: 32 MB are looked through at the end of each run. */
    private static int touched(Region.Memory memory, int erased) {
        if (memory.ram().isUntouched() && erased == 0) {
            return 0;
        }
        byte[] untouched = new byte[CHUNK];
        Arrays.fill(untouched, (byte) erased);
        byte[] chunk = new byte[CHUNK];
        int octets = 0;
        for (int offset = 0; offset < memory.size(); offset += CHUNK) {
            int length = Math.min(CHUNK, memory.size() - offset);
            memory.ram().read(memory.offset() + offset, chunk, 0, length);
            if (!Arrays.equals(chunk, 0, length, untouched, 0, length)) {
                octets += touched(chunk, length, (byte) erased);
            }
        }
        return octets;
    }

    private static int touched(byte[] chunk, int length, byte erased) {
        int octets = 0;
        for (int from = 0; from < length; from += BLOCK) {
            if (isTouched(chunk, from, erased)) {
                octets += BLOCK;
            }
        }
        return octets;
    }

    private static boolean isTouched(byte[] chunk, int from, byte erased) {
        for (int i = from; i < from + BLOCK; i++) {
            if (chunk[i] != erased) {
                return true;
            }
        }
        return false;
    }
}
