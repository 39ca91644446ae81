// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

/** The rounding modes in the order of FPSCR.RMode (ARMv7-M ARM A2.5.3, B1.4.7). */
public enum Rounding {
    /** To nearest, ties to even. */
    RN,
    /** Towards plus infinity. */
    RP,
    /** Towards minus infinity. */
    RM,
    /** Towards zero. */
    RZ;

    /**
     * {@code magnitude / 2^bits} rounded to a whole number.
     *
     * @param magnitude what is rounded, not negative
     * @param bits how many bits go, 1 to 62
     * @param sign negative if the number is
     */
    long drop(long magnitude, int bits, int sign) {
        long kept = magnitude >>> bits;
        long lost = magnitude & ((1L << bits) - 1);
        return lost == 0 ? kept : kept + increment(kept, lost, 1L << (bits - 1), sign);
    }

    private long increment(long kept, long lost, long half, int sign) {
        return switch (this) {
            case RN -> lost > half || lost == half && (kept & 1) != 0 ? 1 : 0;
            case RP -> sign < 0 ? 0 : 1;
            case RM -> sign < 0 ? 1 : 0;
            case RZ -> 0;
        };
    }

    /** Whether a number of this sign that is too large becomes infinite, not the largest finite one. */
    boolean overflowsToInfinity(int sign) {
        return switch (this) {
            case RN -> true;
            case RP -> sign >= 0;
            case RM -> sign < 0;
            case RZ -> false;
        };
    }
}
