// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

import static picorn.emulator.engine.fp.Single.EXPONENT_OF_ZERO;
import static picorn.emulator.engine.fp.Single.FRACTION_BITS;
import static picorn.emulator.engine.fp.Single.INFINITY;
import static picorn.emulator.engine.fp.Single.SIGN;
import static picorn.emulator.engine.fp.Single.exponent;
import static picorn.emulator.engine.fp.Single.isInfinite;
import static picorn.emulator.engine.fp.Single.isNaN;
import static picorn.emulator.engine.fp.Single.isZero;
import static picorn.emulator.engine.fp.Single.significand;

/**
 * The operations in integer arithmetic, for all operands and modes (ARMv7-M ARM A2.5.5: FPAdd, FPMul, FPMulAdd, FPDiv, FPSqrt).
 */
final class Exact {
    /** Brings the 24 bits of a significand, and the 48 of a product, up to bit 60. */
    private static final int UP = 37;

    private static final int PRODUCT_UP = UP - FRACTION_BITS - 1;

    private Exact() {}

    static int add(int first, int second, Fpscr fpscr) {
        int a = fpscr.operand(first);
        int b = fpscr.operand(second);
        if (isNaN(a) || isNaN(b)) {
            return Nan.from(a, b, fpscr);
        }
        if (isInfinite(a) || isInfinite(b)) {
            return sumOfInfinite(a, b, fpscr);
        }
        return isZero(a) && a == b ? a : Rounder.sum(raised(a), raisedScale(a), raised(b), raisedScale(b), fpscr);
    }

    private static int sumOfInfinite(int a, int b, Fpscr fpscr) {
        if (isInfinite(a) && isInfinite(b) && a != b) {
            return Nan.invalid(fpscr);
        }
        return isInfinite(a) ? a : b;
    }

    static int multiply(int first, int second, Fpscr fpscr) {
        int a = fpscr.operand(first);
        int b = fpscr.operand(second);
        if (isNaN(a) || isNaN(b)) {
            return Nan.from(a, b, fpscr);
        }
        if (isInfiniteTimesZero(a, b)) {
            return Nan.invalid(fpscr);
        }
        int sign = (a ^ b) & SIGN;
        if (isInfinite(a) || isInfinite(b)) {
            return sign | INFINITY;
        }
        if (isZero(a) || isZero(b)) {
            return sign;
        }
        return Rounder.toSingle(significand(a) * significand(b), productScale(a, b), fpscr);
    }

    private static boolean isInfiniteTimesZero(int a, int b) {
        return isInfinite(a) && isZero(b) || isZero(a) && isInfinite(b);
    }

    /** {@code addend + first * second}, rounded once. */
    static int multiplyAdd(int addend, int first, int second, Fpscr fpscr) {
        int c = fpscr.operand(addend);
        int a = fpscr.operand(first);
        int b = fpscr.operand(second);
        if (isInfiniteTimesZero(a, b) && !Nan.isSignalling(c)) {
            return Nan.invalid(fpscr);
        }
        if (isNaN(c) || isNaN(a) || isNaN(b)) {
            return Nan.from(c, a, b, fpscr);
        }
        int sign = (a ^ b) & SIGN;
        if (isInfinite(a) || isInfinite(b)) {
            return sumOfInfinite(c, sign | INFINITY, fpscr);
        }
        return isInfinite(c) ? c : multiplyAddFinite(c, a, b, fpscr);
    }

    private static int multiplyAddFinite(int c, int a, int b, Fpscr fpscr) {
        int sign = (a ^ b) & SIGN;
        if ((isZero(a) || isZero(b)) && c == sign) {
            return c;
        }
        long product = significand(a) * significand(b) << PRODUCT_UP;
        int scale = product == 0 ? EXPONENT_OF_ZERO : productScale(a, b) - PRODUCT_UP;
        return Rounder.sum(raised(c), raisedScale(c), product, scale, fpscr);
    }

    static int divide(int first, int second, Fpscr fpscr) {
        int a = fpscr.operand(first);
        int b = fpscr.operand(second);
        if (isNaN(a) || isNaN(b)) {
            return Nan.from(a, b, fpscr);
        }
        if (isInfinite(a) && isInfinite(b) || isZero(a) && isZero(b)) {
            return Nan.invalid(fpscr);
        }
        int sign = (a ^ b) & SIGN;
        if (isInfinite(a)) {
            return sign | INFINITY;
        }
        if (isZero(b)) {
            fpscr.raise(Fpscr.DZC);
            return sign | INFINITY;
        }
        return isZero(a) || isInfinite(b) ? sign : divideFinite(a, b, fpscr);
    }

    private static int divideFinite(int a, int b, Fpscr fpscr) {
        long dividend = Math.abs(significand(a)) << UP;
        long divisor = Math.abs(significand(b));
        long quotient = dividend / divisor | (dividend % divisor == 0 ? 0 : 1);
        return Rounder.toSingle((a ^ b) < 0 ? -quotient : quotient, exponent(a) - exponent(b) - UP, fpscr);
    }

    static int squareRoot(int operand, Fpscr fpscr) {
        int a = fpscr.operand(operand);
        if (isNaN(a)) {
            return Nan.from(a, fpscr);
        }
        if (isZero(a) || a == INFINITY) {
            return a;
        }
        return a < 0 ? Nan.invalid(fpscr) : squareRootOfPositive(a, fpscr);
    }

    private static int squareRootOfPositive(int a, Fpscr fpscr) {
        int odd = exponent(a) & 1;
        long square = significand(a) << UP - 2 + odd;
        long root = wholeRoot(square);
        // 23 + 35 bits of fraction: an even number, of which the root has half.
        int scale = exponent(a) - odd - FRACTION_BITS - (UP - 2) >> 1;
        return Rounder.toSingle(root | (root * root == square ? 0 : 1), scale, fpscr);
    }

    /** The whole part of the root of a number below 2^61. */
    private static long wholeRoot(long square) {
        long root = (long) Math.sqrt((double) square);
        while (root * root > square) {
            root--;
        }
        while ((root + 1) * (root + 1) <= square) {
            root++;
        }
        return root;
    }

    private static long raised(int a) {
        return significand(a) << UP;
    }

    private static int raisedScale(int a) {
        return exponent(a) - FRACTION_BITS - UP;
    }

    private static int productScale(int a, int b) {
        return exponent(a) + exponent(b) - 2 * FRACTION_BITS;
    }
}
