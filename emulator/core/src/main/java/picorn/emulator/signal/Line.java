// SPDX-License-Identifier: MIT
package picorn.emulator.signal;

/** A wire between two parts of the chip, such as an interrupt request, seen from the part that drives it. */
@FunctionalInterface
public interface Line {
    /** Leads nowhere. */
    Line NOT_CONNECTED = high -> {};

    /** Drives the level: true is asserted. Setting the level it has changes nothing. */
    void set(boolean high);
}
