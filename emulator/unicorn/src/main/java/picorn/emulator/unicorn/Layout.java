// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

/**
 * Where Unicorn keeps what no function of it tells, found by {@link Calibration}.
 *
 * @param counter offset in the engine's structure of the number of hook calls since the start
 * @param limit offset in the engine's structure of the number that {@code counter} must exceed for a stop
 * @param countFunction address of Unicorn's own hook function that counts and stops
 * @param exclusiveAddress offset in a saved context of the address that the exclusive monitor holds, or -1 when open
 * @param exclusiveValue offset in a saved context of what the last LDREX read
 */
record Layout(int counter, int limit, long countFunction, int exclusiveAddress, int exclusiveValue) {
    /** Octets of the engine's structure that are looked at. */
    static final int ENGINE_SIZE = 2048;
}
