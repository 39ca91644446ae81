// SPDX-License-Identifier: MIT
package picorn.stm32f4.clock;

/** The buses whose peripherals RCC resets and gates, one set of registers each (RM0090, 6.3.5 to 6.3.19). */
public enum ClockBus {
    AHB1(0x00),
    AHB2(0x04),
    AHB3(0x08),
    APB1(0x10),
    APB2(0x14);

    private final int step;

    ClockBus(int step) {
        this.step = step;
    }

    int resetRegister() {
        return 0x10 + step;
    }

    int enableRegister() {
        return 0x30 + step;
    }

    int lowPowerEnableRegister() {
        return 0x50 + step;
    }
}
