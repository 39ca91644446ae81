// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

import static picorn.emulator.engine.fp.Single.SIGN;

/**
 * Makes a number of an exact value (ARMv7-M ARM A2.5.5, FPRound). The value is {@code significand * 2^scale}; where bits were
 * cut off below, they live on as a 1 in the lowest bit of a significand that is long enough (30 bits) for it not to matter.
 */
final class Rounder {
    private static final int TOP = 62;

    private Rounder() {}

    /** {@code value / 2^bits} for |value| below 2^62, rounded to the odd neighbour if it is not whole. */
    static long shiftRight(long value, int bits) {
        int shift = Math.min(bits, TOP);
        long lost = value & ((1L << shift) - 1);
        return value >> shift | (lost == 0 ? 0 : 1);
    }

    /** A sum of two values, each significand below 2^61 and, if its scale is the lower one, fit to lose bits. */
    static int sum(long a, int scaleA, long b, int scaleB, Fpscr fpscr) {
        int scale = Math.max(scaleA, scaleB);
        long sum = shiftRight(a, scale - scaleA) + shiftRight(b, scale - scaleB);
        return sum == 0 ? exactZero(fpscr) : toSingle(sum, scale, fpscr);
    }

    /** The zero that a sum of numbers of unlike signs gives. */
    static int exactZero(Fpscr fpscr) {
        return fpscr.rounding() == Rounding.RM ? SIGN : 0;
    }

    /** The single-precision number for a value that is not 0. */
    static int toSingle(long significand, int scale, Fpscr fpscr) {
        return toSingle(significand, scale, fpscr.rounding(), fpscr);
    }

    /** The same in a rounding mode that the instruction gives. */
    static int toSingle(long significand, int scale, Rounding rounding, Fpscr fpscr) {
        int sign = significand < 0 ? SIGN : 0;
        if (isTiny(significand, scale, Single.MIN_EXPONENT) && fpscr.flushesToZero()) {
            fpscr.raise(Fpscr.UFC);
            return sign;
        }
        long magnitude = round(significand, scale, Single.FRACTION_BITS, Single.MIN_EXPONENT, rounding);
        if (magnitude >= Single.INFINITY) {
            fpscr.raise(Fpscr.OFC | Fpscr.IXC);
            return sign | (rounding.overflowsToInfinity(sign) ? Single.INFINITY : Single.LARGEST);
        }
        raiseInexact(significand, scale, Single.FRACTION_BITS, Single.MIN_EXPONENT, fpscr);
        return sign | (int) magnitude;
    }

    /** The half-precision number for a value that is not 0. Flush to zero does not concern it. */
    static int toHalf(long significand, int scale, Fpscr fpscr) {
        int sign = significand < 0 ? SIGN : 0;
        long magnitude = round(significand, scale, Half.FRACTION_BITS, Half.MIN_EXPONENT, fpscr.rounding());
        if (magnitude >= (fpscr.alternativeHalf() ? Half.SIGN : Half.INFINITY)) {
            return sign >>> 16 | Half.overflow(sign, fpscr);
        }
        raiseInexact(significand, scale, Half.FRACTION_BITS, Half.MIN_EXPONENT, fpscr);
        return sign >>> 16 | (int) magnitude;
    }

    /** Exponent and fraction field as one number, too large if the value is; a carry out of the fraction goes where it belongs. */
    private static long round(long significand, int scale, int fractionBits, int minExponent, Rounding rounding) {
        int exponent = exponent(significand, scale);
        long fraction = rounding.drop(
                aligned(significand, exponent, minExponent), TOP - fractionBits, significand < 0 ? SIGN : 0);
        return ((long) Math.max(exponent - minExponent, 0) << fractionBits) + fraction;
    }

    /** Tininess is detected before rounding, and counts when the result is inexact. */
    private static void raiseInexact(long significand, int scale, int fractionBits, int minExponent, Fpscr fpscr) {
        int exponent = exponent(significand, scale);
        long lost = aligned(significand, exponent, minExponent) & ((1L << TOP - fractionBits) - 1);
        if (lost != 0) {
            fpscr.raise(exponent < minExponent ? Fpscr.UFC | Fpscr.IXC : Fpscr.IXC);
        }
    }

    /** The magnitude with its leading bit at {@link #TOP}, or below it as far as a denormal number's is. */
    private static long aligned(long significand, int exponent, int minExponent) {
        long magnitude = Math.abs(significand);
        long top = magnitude << Long.numberOfLeadingZeros(magnitude) - 1;
        return exponent < minExponent ? shiftRight(top, minExponent - exponent) : top;
    }

    private static boolean isTiny(long significand, int scale, int minExponent) {
        return exponent(significand, scale) < minExponent;
    }

    private static int exponent(long significand, int scale) {
        return scale + 63 - Long.numberOfLeadingZeros(Math.abs(significand));
    }
}
