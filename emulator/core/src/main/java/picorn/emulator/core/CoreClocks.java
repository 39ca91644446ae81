// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import picorn.emulator.time.Clock;
import picorn.emulator.time.ClockDomain;

/**
 * The clocks that enter a Cortex-M4, driven by the chip's clock tree.
 *
 * @param hclk the processor clock, by whose ticks virtual time advances
 * @param sysTickExternal what SysTick counts while CLKSOURCE is 0
 */
public record CoreClocks(ClockDomain hclk, ClockDomain sysTickExternal) {
    /** Stopped clocks of a machine whose time is {@code clock}. */
    public static CoreClocks of(Clock clock) {
        return new CoreClocks(new ClockDomain("HCLK", clock), new ClockDomain("SysTick external clock", clock));
    }
}
