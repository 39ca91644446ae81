// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

import static picorn.emulator.engine.fp.Half.FRACTION;

/**
 * Conversions between half and single precision (ARMv7-M ARM A2.5.5, FPHalfToSingle and FPSingleToHalf) for VCVTB and VCVTT,
 * which choose the half of the register. Half-precision numbers are the low 16 bits of an int.
 */
public final class FpHalf {
    private static final int FRACTION_SHIFT = Single.FRACTION_BITS - Half.FRACTION_BITS;

    private FpHalf() {}

    /** From half precision; the upper 16 bits of {@code half} are ignored. Exact for every number. */
    public static int toSingle(int half, Fpscr fpscr) {
        int sign = (half & Half.SIGN) << 16;
        int exponent = half & Half.INFINITY;
        int fraction = half & FRACTION;
        if (exponent == Half.INFINITY && !fpscr.alternativeHalf()) {
            int special = sign | Single.INFINITY | fraction << FRACTION_SHIFT;
            return fraction == 0 ? special : Nan.from(special, fpscr);
        }
        if (exponent == 0) {
            return sign | denormal(fraction);
        }
        return sign | (exponent | fraction) + (127 - 15 << Half.FRACTION_BITS) << FRACTION_SHIFT;
    }

    /** 2^-24 times {@code fraction}, which single precision holds as a normal number. */
    private static int denormal(int fraction) {
        return Float.floatToRawIntBits(fraction * 0x1p-24f);
    }

    /** To half precision; the upper 16 bits of the result are 0. */
    public static int fromSingle(int operand, Fpscr fpscr) {
        int a = fpscr.operand(operand);
        int sign = (a & Single.SIGN) >>> 16;
        if (Single.isNaN(a)) {
            return fromNaN(a, fpscr);
        }
        if (Single.isInfinite(a)) {
            return sign | fromInfinity(fpscr);
        }
        return Single.isZero(a)
                ? sign
                : Rounder.toHalf(Single.significand(a), Single.exponent(a) - Single.FRACTION_BITS, fpscr);
    }

    private static int fromNaN(int a, Fpscr fpscr) {
        int sign = (a & Single.SIGN) >>> 16;
        if (fpscr.alternativeHalf()) {
            fpscr.raise(Fpscr.IOC);
            return sign;
        }
        int nan = Nan.from(a, fpscr);
        return fpscr.defaultNaN() ? Half.DEFAULT_NAN : sign | Half.INFINITY | nan >>> FRACTION_SHIFT & FRACTION;
    }

    private static int fromInfinity(Fpscr fpscr) {
        if (fpscr.alternativeHalf()) {
            fpscr.raise(Fpscr.IOC);
            return Half.LARGEST_ALTERNATIVE;
        }
        return Half.INFINITY;
    }
}
