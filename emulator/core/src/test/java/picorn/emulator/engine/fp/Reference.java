// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

import java.math.BigInteger;

/**
 * What the operations shall give, from the definitions of ARMv7-M ARM A2.5: the exact value as a fraction of big integers, then
 * one rounding. One object is one operation under one FPSCR.
 */
final class Reference {
    private static final int DEFAULT_NAN = 0x7FC00000;
    private static final int INFINITY = 0x7F800000;

    private final boolean flush;
    private final boolean defaultNaN;
    private final boolean alternative;
    private final int mode;
    private int fpscr;

    Reference(int fpscr) {
        this.fpscr = fpscr;
        flush = (fpscr >> 24 & 1) == 1;
        defaultNaN = (fpscr >> 25 & 1) == 1;
        alternative = (fpscr >> 26 & 1) == 1;
        mode = fpscr >> 22 & 3;
    }

    int fpscr() {
        return fpscr;
    }

    int mode() {
        return mode;
    }

    int add(int first, int second) {
        int a = taken(first);
        int b = taken(second);
        if (nan(a) || nan(b)) {
            return chosenNaN(a, b);
        }
        if (infinite(a) || infinite(b)) {
            return infinite(a) && infinite(b) && a != b ? invalid() : infinite(a) ? a : b;
        }
        return sum(a, value(a), b, value(b));
    }

    int sub(int first, int second) {
        return nan(second) ? add(first, second) : add(first, negated(second));
    }

    private int sum(int signOfFirst, Fraction first, int signOfSecond, Fraction second) {
        Fraction sum = first.plus(second);
        if (sum.signum() != 0) {
            return rounded(sum);
        }
        boolean bothNegative = signOfFirst < 0 && signOfSecond < 0;
        boolean bothPositive = signOfFirst >= 0 && signOfSecond >= 0;
        boolean unlike = first.signum() != 0 || !bothNegative && !bothPositive;
        return unlike ? (mode == 2 ? 1 << 31 : 0) : bothNegative ? 1 << 31 : 0;
    }

    int mul(int first, int second) {
        int a = taken(first);
        int b = taken(second);
        if (nan(a) || nan(b)) {
            return chosenNaN(a, b);
        }
        int sign = (a ^ b) & 1 << 31;
        if (infinite(a) || infinite(b)) {
            return zero(a) || zero(b) ? invalid() : sign | INFINITY;
        }
        return zero(a) || zero(b) ? sign : rounded(value(a).times(value(b)));
    }

    int div(int first, int second) {
        int a = taken(first);
        int b = taken(second);
        if (nan(a) || nan(b)) {
            return chosenNaN(a, b);
        }
        int sign = (a ^ b) & 1 << 31;
        if (infinite(a)) {
            return infinite(b) ? invalid() : sign | INFINITY;
        }
        if (zero(b)) {
            return zero(a) ? invalid() : raised(1 << 1, sign | INFINITY);
        }
        return zero(a) || infinite(b) ? sign : rounded(value(a).dividedBy(value(b)));
    }

    int sqrt(int operand) {
        int a = taken(operand);
        if (nan(a)) {
            return chosenNaN(a);
        }
        if (zero(a) || a == INFINITY) {
            return a;
        }
        return a < 0 ? invalid() : rounded(value(a).squareRoot());
    }

    int fma(int addend, int first, int second) {
        int c = taken(addend);
        int a = taken(first);
        int b = taken(second);
        boolean noProduct = infinite(a) && zero(b) || zero(a) && infinite(b);
        if (noProduct && nan(c) && quiet(c)) {
            return invalid();
        }
        if (nan(c) || nan(a) || nan(b)) {
            return chosenNaN(c, a, b);
        }
        int product = (a ^ b) & 1 << 31;
        if (noProduct || infinite(c) && (infinite(a) || infinite(b)) && (c ^ product) < 0) {
            return invalid();
        }
        if (infinite(c)) {
            return c;
        }
        return infinite(a) || infinite(b) ? product | INFINITY : sum(c, value(c), product, value(a).times(value(b)));
    }

    void compare(int first, int second, boolean quietIsInvalid) {
        int a = taken(first);
        int b = taken(second);
        fpscr &= 0x0FFFFFFF;
        if (!nan(a) && !nan(b)) {
            int order = infinite(a) || infinite(b)
                    ? Float.compare(Float.intBitsToFloat(a), Float.intBitsToFloat(b))
                    : value(a).plus(value(negated(b))).signum();
            fpscr |= order == 0 ? 0x60000000 : order < 0 ? 0x80000000 : 0x20000000;
            return;
        }
        boolean invalid = quietIsInvalid || nan(a) && !quiet(a) || nan(b) && !quiet(b);
        fpscr |= invalid ? 0x30000001 : 0x30000000;
    }

    /** To a fixed-point number of {@code width} bits, extended to 32. */
    int toFixed(int operand, int width, int fractionBits, boolean signed, int rounding) {
        int a = taken(operand);
        if (nan(a)) {
            return raised(1, 0);
        }
        long low = signed ? -1L << width - 1 : 0;
        long high = signed ? ~low : (1L << width) - 1;
        if (infinite(a)) {
            return raised(1, (int) (a < 0 ? low : high));
        }
        Fraction exact = value(a).timesPowerOfTwo(fractionBits);
        BigInteger whole = toWhole(exact, rounding);
        if (whole.compareTo(BigInteger.valueOf(low)) < 0 || whole.compareTo(BigInteger.valueOf(high)) > 0) {
            return raised(1, (int) (a < 0 ? low : high));
        }
        return raised(exact.minus(whole).signum() == 0 ? 0 : 1 << 4, whole.intValue());
    }

    int fromFixed(long operand, int fractionBits, int rounding) {
        Fraction exact = Fraction.whole(operand).timesPowerOfTwo(-fractionBits);
        return operand == 0 ? 0 : rounded(exact, 23, 127, rounding);
    }

    int halfToSingle(int half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >> 10 & 31;
        int fraction = half & 1023;
        if (exponent == 31 && !alternative) {
            int special = sign | INFINITY | fraction << 13;
            return fraction == 0 ? special : chosenNaN(special);
        }
        int significand = exponent == 0 ? fraction : fraction + 1024;
        Fraction magnitude = Fraction.whole(significand).timesPowerOfTwo(Math.max(exponent, 1) - 25);
        return significand == 0 ? sign : sign | rounded(magnitude);
    }

    int singleToHalf(int operand) {
        int a = taken(operand);
        int sign = a >>> 31 << 15;
        if (nan(a)) {
            return alternative ? raised(1, sign) : halfNaN(sign, chosenNaN(a));
        }
        if (infinite(a)) {
            return alternative ? raised(1, sign | 0x7FFF) : sign | 0x7C00;
        }
        return zero(a) ? sign : rounded(value(a), 10, 15, mode);
    }

    private int halfNaN(int sign, int single) {
        return defaultNaN ? 0x7E00 : sign | 0x7C00 | single >> 13 & 1023;
    }

    private int rounded(Fraction exact) {
        return rounded(exact, 23, 127, mode);
    }

    /** A number that is not 0, in a format of so many fraction bits and this bias. */
    private int rounded(Fraction exact, int fractionBits, int bias, int rounding) {
        boolean half = bias == 15;
        int sign = exact.signum() < 0 ? 1 << (half ? 15 : 31) : 0;
        boolean tiny = exact.abs().log2() < 1 - bias;
        if (tiny && flush && !half) {
            return raised(1 << 3, sign);
        }
        int quantum = Math.max(exact.abs().log2(), 1 - bias) - fractionBits;
        Fraction steps = exact.timesPowerOfTwo(-quantum);
        BigInteger whole = toWhole(steps, rounding);
        int result = encoded(whole.abs().intValue(), quantum, fractionBits, bias);
        int limit = half && alternative ? 0x8000 : (2 * bias + 1) << fractionBits;
        if (result >= limit || result < 0) {
            return sign | tooLarge(exact.signum(), half, limit, rounding);
        }
        boolean inexact = steps.minus(whole).signum() != 0;
        return raised(inexact ? (tiny ? 1 << 4 | 1 << 3 : 1 << 4) : 0, sign | result);
    }

    private static int encoded(int steps, int quantum, int fractionBits, int bias) {
        if (steps == 2 << fractionBits) {
            return encoded(1 << fractionBits, quantum + 1, fractionBits, bias);
        }
        int exponent = quantum + fractionBits + bias;
        boolean denormal = steps < 1 << fractionBits;
        int field = denormal ? 0 : Math.min(exponent, 2 * bias + 2);
        return field << fractionBits | steps & (1 << fractionBits) - 1;
    }

    private int tooLarge(int signum, boolean half, int limit, int rounding) {
        if (half && alternative) {
            return raised(1, 0x7FFF);
        }
        boolean toInfinity = rounding == 0 || rounding == 1 && signum > 0 || rounding == 2 && signum < 0;
        return raised(1 << 2 | 1 << 4, toInfinity ? limit : limit - 1);
    }

    /** Rounded to a whole number: 0 to nearest even, 1 up, 2 down, 3 towards zero. */
    private static BigInteger toWhole(Fraction exact, int rounding) {
        BigInteger below = exact.floor();
        Fraction rest = exact.minus(below);
        if (rest.signum() == 0) {
            return below;
        }
        int half = rest.compareToHalf();
        boolean up =
                switch (rounding) {
                    case 0 -> half > 0 || half == 0 && below.testBit(0);
                    case 1 -> true;
                    case 2 -> false;
                    default -> exact.signum() < 0;
                };
        return up ? below.add(BigInteger.ONE) : below;
    }

    private int chosenNaN(int... operands) {
        for (int a : operands) {
            if (nan(a) && !quiet(a)) {
                return raised(1, defaultNaN ? DEFAULT_NAN : a | 1 << 22);
            }
        }
        for (int a : operands) {
            if (nan(a)) {
                return defaultNaN ? DEFAULT_NAN : a;
            }
        }
        throw new IllegalArgumentException("no NaN");
    }

    private int invalid() {
        return raised(1, DEFAULT_NAN);
    }

    private int raised(int flags, int result) {
        fpscr |= flags;
        return result;
    }

    private int taken(int a) {
        float magnitude = Math.abs(Float.intBitsToFloat(a));
        if (flush && magnitude > 0 && magnitude < Float.MIN_NORMAL) {
            return raised(1 << 7, a & 1 << 31);
        }
        return a;
    }

    static int negated(int a) {
        return a ^ 1 << 31;
    }

    private static Fraction value(int a) {
        int exponent = a >> 23 & 255;
        int fraction = a & (1 << 23) - 1;
        int significand = exponent == 0 ? fraction : fraction | 1 << 23;
        return Fraction.whole(a < 0 ? -significand : significand).timesPowerOfTwo(Math.max(exponent, 1) - 150);
    }

    private static boolean nan(int a) {
        return Float.isNaN(Float.intBitsToFloat(a));
    }

    private static boolean quiet(int a) {
        return (a & 1 << 22) != 0;
    }

    private static boolean infinite(int a) {
        return Float.isInfinite(Float.intBitsToFloat(a));
    }

    private static boolean zero(int a) {
        return Float.intBitsToFloat(a) == 0;
    }
}
