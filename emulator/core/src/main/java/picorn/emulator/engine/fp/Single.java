// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

/** The fields of a single-precision number (ARMv7-M ARM A2.5.2). */
final class Single {
    static final int SIGN = 0x8000_0000;
    static final int INFINITY = 0x7F80_0000;
    static final int LARGEST = 0x7F7F_FFFF;
    static final int FRACTION_BITS = 23;
    static final int FRACTION = (1 << FRACTION_BITS) - 1;
    static final int MIN_EXPONENT = -126;
    /** Below the exponent of each product of two numbers that are not 0. */
    static final int EXPONENT_OF_ZERO = -1000;

    private Single() {}

    static boolean isZero(int a) {
        return a << 1 == 0;
    }

    static boolean isInfinite(int a) {
        return (a & ~SIGN) == INFINITY;
    }

    static boolean isNaN(int a) {
        return (a & ~SIGN) > INFINITY;
    }

    static boolean isDenormal(int a) {
        return (a & INFINITY) == 0 && (a & FRACTION) != 0;
    }

    /** The power of two of the leading bit; {@link #EXPONENT_OF_ZERO} for zero. For finite numbers. */
    static int exponent(int a) {
        int biased = (a & INFINITY) >>> FRACTION_BITS;
        if (biased != 0) {
            return biased - 127;
        }
        int fraction = a & FRACTION;
        return fraction == 0 ? EXPONENT_OF_ZERO : MIN_EXPONENT + 8 - Integer.numberOfLeadingZeros(fraction);
    }

    /** {@code a / 2^(exponent(a) - 23)}: the sign and 24 bits of which the first is 1, or 0. For finite numbers. */
    static long significand(int a) {
        int magnitude = (a & INFINITY) == 0 ? normalised(a & FRACTION) : a & FRACTION | 1 << FRACTION_BITS;
        return a < 0 ? -magnitude : magnitude;
    }

    private static int normalised(int fraction) {
        return fraction == 0 ? 0 : fraction << Integer.numberOfLeadingZeros(fraction) - 8;
    }
}
