// SPDX-License-Identifier: MIT
package picorn.emulator.core;

/** The address map that holds while no MPU region says otherwise (ARMv7-M ARM, table B3-1). */
final class DefaultMemoryMap {
    private DefaultMemoryMap() {}

    /** Whether code may be fetched: from the Code, SRAM and first external RAM regions, 0x60000000 to 0x9FFFFFFF. */
    static boolean executable(int address) {
        return switch (address >>> 29) {
            case 0, 1, 3, 4 -> true; // 0x00000000, 0x20000000, 0x60000000, 0x80000000
            default -> false; // 0x40000000 peripherals, 0xA0000000 and 0xC0000000 external devices, 0xE0000000 system
        };
    }
}
