// SPDX-License-Identifier: MIT
package picorn.stm32f4.clock;

/** Why the chip was reset, as RCC_CSR tells firmware; every reset but that of power pulls NRST too (RM0090, 6.1.1 and 6.3.21). */
public enum ResetCause {
    POWER_ON(0x0E00_0000),
    PIN(0x0400_0000),
    SOFTWARE(0x1400_0000),
    INDEPENDENT_WATCHDOG(0x2400_0000),
    WINDOW_WATCHDOG(0x4400_0000),
    LOW_POWER(0x8400_0000);

    private final int flags;

    ResetCause(int flags) {
        this.flags = flags;
    }

    /** The bits of RCC_CSR that it sets. */
    int flags() {
        return flags;
    }
}
