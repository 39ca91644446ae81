// SPDX-License-Identifier: MIT
package picorn.emulator.core;

/**
 * What a chip's designer chose of a Cortex-M4.
 *
 * @param interrupts external interrupts
 * @param priorityBits bits of priority, 3 to 8
 * @param tenMilliseconds SYST_CALIB.TENMS
 */
public record CoreConfiguration(int interrupts, int priorityBits, int tenMilliseconds) {}
