// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

/**
 * Where Unicorn keeps its count, found by {@link Calibration}.
 *
 * @param counter offset in the engine's structure of the number of hook calls since the start
 * @param limit offset in the engine's structure of the number that {@code counter} must exceed for a stop
 * @param countFunction address of Unicorn's own hook function that counts and stops
 */
record CounterLayout(int counter, int limit, long countFunction) {
    /** Octets of the engine's structure that are looked at. */
    static final int ENGINE_SIZE = 2048;
}
