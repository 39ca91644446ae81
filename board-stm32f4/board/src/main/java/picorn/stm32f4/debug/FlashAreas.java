// SPDX-License-Identifier: MIT
package picorn.stm32f4.debug;

import java.util.ArrayList;
import java.util.List;
import picorn.emulator.bus.Region;
import picorn.emulator.gdb.FlashArea;

/** The main flash memory as GDB wants it told: in areas of sectors of one size (RM0090, tables 5 and 6). */
public final class FlashAreas {
    private static final int KB = 1024;
    private static final int BANK = 1024 * KB;
    /** Of each bank: octets up to where sectors are of this size. */
    private static final int[][] SECTORS = {{64 * KB, 16 * KB}, {128 * KB, 64 * KB}, {BANK, 128 * KB}};

    private FlashAreas() {}

    /** Those of {@code flash}, which may end within a bank. */
    public static List<FlashArea> of(Region.Memory flash) {
        List<FlashArea> areas = new ArrayList<>();
        for (int bank = 0; bank < flash.size(); bank += BANK) {
            int from = bank;
            for (int[] sectors : SECTORS) {
                int to = Math.min(bank + sectors[0], flash.size());
                if (from < to) {
                    areas.add(new FlashArea(flash.base() + from, to - from, sectors[1]));
                }
                from = Math.max(from, to);
            }
        }
        return areas;
    }
}
