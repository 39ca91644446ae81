// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

import static picorn.emulator.engine.fp.Single.FRACTION_BITS;

/**
 * Conversions between single precision and whole or fixed-point numbers (ARMv7-M ARM A2.5.5, FPToFixed and FixedToFP).
 * {@code fractionBits} is 0 for a whole number, at most the width. VCVT to a fixed-point or whole number rounds towards zero,
 * VCVTR as the FPSCR says; VCVT from a whole number rounds as the FPSCR says, from a fixed-point one to nearest.
 */
public final class FpConvert {
    /** Bits that a magnitude has below the point while it is rounded. */
    private static final int UP = 28;

    /** A number of at least 2^33 is out of every range. */
    private static final int HUGE = 33;

    private FpConvert() {}

    /** To 32 bits with sign. */
    public static int toSigned32(int a, int fractionBits, Rounding rounding, Fpscr fpscr) {
        return (int) toFixed(a, fractionBits, rounding, Integer.MIN_VALUE, Integer.MAX_VALUE, fpscr);
    }

    /** To 32 bits without sign. */
    public static int toUnsigned32(int a, int fractionBits, Rounding rounding, Fpscr fpscr) {
        return (int) toFixed(a, fractionBits, rounding, 0, 0xFFFF_FFFFL, fpscr);
    }

    /** To 16 bits with sign, extended by it to the 32 of the register. */
    public static int toSigned16(int a, int fractionBits, Rounding rounding, Fpscr fpscr) {
        return (int) toFixed(a, fractionBits, rounding, Short.MIN_VALUE, Short.MAX_VALUE, fpscr);
    }

    /** To 16 bits without sign, extended by zeros to the 32 of the register. */
    public static int toUnsigned16(int a, int fractionBits, Rounding rounding, Fpscr fpscr) {
        return (int) toFixed(a, fractionBits, rounding, 0, 0xFFFF, fpscr);
    }

    private static long toFixed(int operand, int fractionBits, Rounding rounding, long low, long high, Fpscr fpscr) {
        int a = fpscr.operand(operand);
        if (Single.isNaN(a)) {
            fpscr.raise(Fpscr.IOC);
            return 0;
        }
        int exponent = Single.exponent(a) + fractionBits;
        if (exponent >= HUGE) {
            return outOfRange(a < 0 ? low : high, fpscr);
        }
        long magnitude = scaled(a, exponent);
        long whole = rounding.drop(magnitude, UP, a);
        return inRange(a < 0 ? -whole : whole, low, high, magnitude, fpscr);
    }

    /** The magnitude times 2^28. */
    private static long scaled(int a, int exponent) {
        long magnitude = Math.abs(Single.significand(a)) << UP;
        int shift = exponent - FRACTION_BITS;
        return shift >= 0 ? magnitude << shift : Rounder.shiftRight(magnitude, -shift);
    }

    private static long inRange(long whole, long low, long high, long magnitude, Fpscr fpscr) {
        if (whole < low || whole > high) {
            return outOfRange(whole < low ? low : high, fpscr);
        }
        if ((magnitude & ((1L << UP) - 1)) != 0) {
            fpscr.raise(Fpscr.IXC);
        }
        return whole;
    }

    private static long outOfRange(long limit, Fpscr fpscr) {
        fpscr.raise(Fpscr.IOC);
        return limit;
    }

    /** From a number with sign; 16 bits come extended by their sign. */
    public static int fromSigned(int operand, int fractionBits, Rounding rounding, Fpscr fpscr) {
        return fromFixed(operand, fractionBits, rounding, fpscr);
    }

    /** From a number without sign; 16 bits come extended by zeros. */
    public static int fromUnsigned(int operand, int fractionBits, Rounding rounding, Fpscr fpscr) {
        return fromFixed(Integer.toUnsignedLong(operand), fractionBits, rounding, fpscr);
    }

    private static int fromFixed(long operand, int fractionBits, Rounding rounding, Fpscr fpscr) {
        return operand == 0 ? 0 : Rounder.toSingle(operand, -fractionBits, rounding, fpscr);
    }
}
