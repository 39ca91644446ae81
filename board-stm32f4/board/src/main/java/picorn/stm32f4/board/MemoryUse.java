// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import picorn.emulator.bus.Region;
import picorn.emulator.cpu.Ram;

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

    static MemoryUse of(Region.Memory memory, int loaded, int erased) {
        return new MemoryUse(memory.name(), memory.size(), loaded, touched(memory, erased));
    }

    private static int touched(Region.Memory memory, int erased) {
        int octets = 0;
        for (int offset = 0; offset < memory.size(); offset += BLOCK) {
            if (isTouched(memory.ram(), memory.offset() + offset, erased)) {
                octets += BLOCK;
            }
        }
        return octets;
    }

    private static boolean isTouched(Ram ram, int from, int erased) {
        for (int i = 0; i < BLOCK; i += 4) {
            if (ram.get32(from + i) != erased) {
                return true;
            }
        }
        return false;
    }
}
