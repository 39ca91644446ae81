// SPDX-License-Identifier: MIT
package picorn.stm32f4.system;

/** What stands at address 0: SYSCFG_MEMRMP.MEM_MODE (RM0090, 9.3.1). */
public enum MemoryMode {
    MAIN_FLASH,
    SYSTEM_FLASH,
    FMC_BANK1,
    SRAM1,
    SDRAM_BANK1,
    RESERVED;

    static MemoryMode of(int memMode) {
        return values()[Math.min(memMode, RESERVED.ordinal())];
    }
}
