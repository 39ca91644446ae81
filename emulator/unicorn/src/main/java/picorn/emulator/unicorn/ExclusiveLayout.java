// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

/**
 * Where the exclusive monitor is in a saved context, found by {@link Calibration}.
 *
 * @param address offset of the address that it holds, which is -1 when open
 * @param value offset of what the last LDREX read
 */
record ExclusiveLayout(int address, int value) {}
