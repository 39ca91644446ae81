// SPDX-License-Identifier: MIT
package picorn.stm32f4.gpio;

/** Sees the pins of a port change. */
@FunctionalInterface
public interface PinListener {
    /** Pin 0 to 15 has now the level {@code high}. */
    void changed(int pin, boolean high);
}
