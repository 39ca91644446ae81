// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/** C and V as translated code keeps them: as those of a subtraction, of two numbers each. */
final class Flags {
    private Flags() {}

    /** The flag C of {@code a - b}: 0 or 1. */
    static int carry(int a, int b) {
        return Integer.compareUnsigned(a, b) >= 0 ? 1 : 0;
    }

    /** Negative if the flag V of {@code a - b} is set. */
    static int overflow(int a, int b) {
        return (a ^ b) & (a ^ a - b);
    }
}
