// SPDX-License-Identifier: MIT
package picorn.stm32f4.system;

import picorn.emulator.time.Clock;

/** Typical times of flash operations in picoseconds (DS9405), by program parallelism PSIZE. */
final class FlashTimes {
    private static final long MILLISECOND = Clock.SECOND / 1000;
    private static final int[] SECTOR_16K_MS = {400, 300, 250, 250};
    private static final int[] SECTOR_64K_MS = {1200, 700, 550, 550};
    private static final int[] SECTOR_128K_MS = {2000, 1300, 1000, 1000};
    /** One store, whatever its width. */
    static final long PROGRAM = 16 * Clock.SECOND / 1_000_000;

    private FlashTimes() {}

    /** To erase a sector of {@code bytes}. */
    static long erase(int bytes, int psize) {
        int[] times = bytes <= 16 * 1024 ? SECTOR_16K_MS : bytes <= 64 * 1024 ? SECTOR_64K_MS : SECTOR_128K_MS;
        return times[psize] * MILLISECOND;
    }
}
