// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

import static java.lang.Float.floatToRawIntBits;
import static java.lang.Float.intBitsToFloat;

/**
 * The operations by Java's own arithmetic, for the common case: to nearest, denormal numbers kept, and a result that shows that
 * nothing special happened but rounding. All else goes to {@link Exact}. Whether a result was rounded is asked of exact
 * arithmetic in double precision, and only until the FPSCR knows.
 */
final class Plain {
    /** Half the largest range, so that no step on the way to an error term overflows. */
    private static final int SUM_LIMIT = 0x7F00_0000;

    private static final int SMALLEST_NORMAL = 0x0080_0000;

    private Plain() {}

    /** A sum below the smallest normal number is exact. */
    static int add(int a, int b, Fpscr fpscr) {
        float x = intBitsToFloat(a);
        float y = intBitsToFloat(b);
        float sum = x + y;
        int result = floatToRawIntBits(sum);
        if ((result & ~Single.SIGN) >= SUM_LIMIT) {
            return Exact.add(a, b, fpscr);
        }
        if (!fpscr.isInexact() && error(x, y, sum) != 0) {
            fpscr.raise(Fpscr.IXC);
        }
        return result;
    }

    /** What rounding took from a sum (Knuth's two-sum). */
    private static float error(float x, float y, float sum) {
        float ofY = sum - x;
        return (x - (sum - ofY)) + (y - ofY);
    }

    private static double error(double x, double y, double sum) {
        double ofY = sum - x;
        return (x - (sum - ofY)) + (y - ofY);
    }

    static int multiply(int a, int b, Fpscr fpscr) {
        double product = (double) intBitsToFloat(a) * intBitsToFloat(b);
        float rounded = (float) product;
        int result = floatToRawIntBits(rounded);
        if (!isSafe(result) && product != 0) {
            return Exact.multiply(a, b, fpscr);
        }
        if (rounded != product) {
            fpscr.raise(Fpscr.IXC);
        }
        return result;
    }

    static int divide(int a, int b, Fpscr fpscr) {
        float x = intBitsToFloat(a);
        float y = intBitsToFloat(b);
        float quotient = x / y;
        int result = floatToRawIntBits(quotient);
        if (!isSafe(result)) {
            return Exact.divide(a, b, fpscr);
        }
        if ((double) quotient * y != x) {
            fpscr.raise(Fpscr.IXC);
        }
        return result;
    }

    static int squareRoot(int a, Fpscr fpscr) {
        float x = intBitsToFloat(a);
        float root = (float) Math.sqrt(x);
        int result = floatToRawIntBits(root);
        if (!isSafe(result)) {
            return Exact.squareRoot(a, fpscr);
        }
        if ((double) root * root != x) {
            fpscr.raise(Fpscr.IXC);
        }
        return result;
    }

    /** The product is exact in double precision; the sum, rounded to odd there, is right when rounded again to 24 bits. */
    static int multiplyAdd(int addend, int a, int b, Fpscr fpscr) {
        double product = (double) intBitsToFloat(a) * intBitsToFloat(b);
        double c = intBitsToFloat(addend);
        double sum = product + c;
        double error = error(product, c, sum);
        double odd = error == 0 ? sum : toOdd(sum, error);
        float rounded = (float) odd;
        int result = floatToRawIntBits(rounded);
        if (!isSafe(result) && odd != 0) {
            return Exact.multiplyAdd(addend, a, b, fpscr);
        }
        if (rounded != odd) {
            fpscr.raise(Fpscr.IXC);
        }
        return result;
    }

    /** Of the two numbers around {@code sum + error}, the one with an odd significand. */
    private static double toOdd(double sum, double error) {
        long bits = Double.doubleToRawLongBits(sum);
        if ((bits & 1) != 0) {
            return sum;
        }
        return Double.longBitsToDouble(error > 0 == sum > 0 ? bits + 1 : bits - 1);
    }

    /** Normal, and too large to have been made so by rounding. */
    private static boolean isSafe(int result) {
        int magnitude = result & ~Single.SIGN;
        return magnitude > SMALLEST_NORMAL && magnitude < Single.INFINITY;
    }
}
