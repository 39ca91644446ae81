// SPDX-License-Identifier: MIT
package picorn.stm32f4.usart;

import picorn.emulator.time.ClockDomain;
import picorn.emulator.time.EventQueue;

/** When a character that starts now is over. */
final class Pace {
    private final ClockDomain clock;
    private final Framing framing;

    Pace(ClockDomain clock, Framing framing) {
        this.clock = clock;
        this.framing = framing;
    }

    /** Whether BRR gives a rate. */
    boolean hasRate() {
        return framing.hasRate();
    }

    /** Ticks of the kernel clock since reset. */
    long currentTick() {
        return clock.ticks();
    }

    /** The tick of the kernel clock that ends a character started now. */
    long endTick() {
        return currentTick() + framing.characterTicks();
    }

    /** Picoseconds since reset, or {@link EventQueue#NEVER} while the clock is off. */
    long timeOf(long tick) {
        return clock.timeOf(tick);
    }

    /** When a whole character after {@code tick} is over. */
    long timeAfter(long tick) {
        return clock.timeOf(tick + framing.characterTicks());
    }
}
