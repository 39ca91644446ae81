// SPDX-License-Identifier: MIT
package picorn.stm32f4.gpio;

/** What the board does to a pin from outside. */
public enum Drive {
    /** Pulls it to ground. */
    LOW,
    /** Pulls it to VDD. */
    HIGH,
    /** Nothing. */
    FLOATING
}
