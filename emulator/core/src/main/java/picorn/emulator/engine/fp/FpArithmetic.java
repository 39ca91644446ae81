// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

import static picorn.emulator.engine.fp.Single.SIGN;

/**
 * What the data-processing instructions of FPv4-SP compute (ARMv7-M ARM A7.7, V-instructions). Operands and results are bit
 * patterns of single-precision numbers; operands come in the order of the pseudo-code, which decides between two NaNs.
 */
public final class FpArithmetic {
    private FpArithmetic() {}

    /** VADD. */
    public static int add(int a, int b, Fpscr fpscr) {
        return fpscr.isPlain() ? Plain.add(a, b, fpscr) : Exact.add(a, b, fpscr);
    }

    /** VSUB: {@code a - b}. A NaN {@code b} keeps its sign. */
    public static int sub(int a, int b, Fpscr fpscr) {
        return Single.isNaN(b) ? add(a, b, fpscr) : add(a, neg(b), fpscr);
    }

    /** VMUL. */
    public static int mul(int a, int b, Fpscr fpscr) {
        return fpscr.isPlain() ? Plain.multiply(a, b, fpscr) : Exact.multiply(a, b, fpscr);
    }

    /** VNMUL: the product, rounded, then negated. */
    public static int nmul(int a, int b, Fpscr fpscr) {
        return neg(mul(a, b, fpscr));
    }

    /** VDIV: {@code a / b}. */
    public static int div(int a, int b, Fpscr fpscr) {
        return fpscr.isPlain() ? Plain.divide(a, b, fpscr) : Exact.divide(a, b, fpscr);
    }

    /** VSQRT. */
    public static int sqrt(int a, Fpscr fpscr) {
        return fpscr.isPlain() ? Plain.squareRoot(a, fpscr) : Exact.squareRoot(a, fpscr);
    }

    /** VABS: touches nothing but the sign, even of a NaN. */
    public static int abs(int a) {
        return a & ~SIGN;
    }

    /** VNEG: touches nothing but the sign, even of a NaN. */
    public static int neg(int a) {
        return a ^ SIGN;
    }

    /** VMLA: {@code d + n * m}, rounded twice. */
    public static int mla(int d, int n, int m, Fpscr fpscr) {
        return add(d, mul(n, m, fpscr), fpscr);
    }

    /** VMLS: {@code d + -(n * m)}, rounded twice. */
    public static int mls(int d, int n, int m, Fpscr fpscr) {
        return add(d, nmul(n, m, fpscr), fpscr);
    }

    /** VNMLA: {@code -d + -(n * m)}, rounded twice. */
    public static int nmla(int d, int n, int m, Fpscr fpscr) {
        return add(neg(d), nmul(n, m, fpscr), fpscr);
    }

    /** VNMLS: {@code -d + n * m}, rounded twice. */
    public static int nmls(int d, int n, int m, Fpscr fpscr) {
        return add(neg(d), mul(n, m, fpscr), fpscr);
    }

    /** VFMA: {@code d + n * m}, rounded once. */
    public static int fma(int d, int n, int m, Fpscr fpscr) {
        return fpscr.isPlain() ? Plain.multiplyAdd(d, n, m, fpscr) : Exact.multiplyAdd(d, n, m, fpscr);
    }

    /** VFMS: {@code d + -n * m}, rounded once. */
    public static int fms(int d, int n, int m, Fpscr fpscr) {
        return fma(d, neg(n), m, fpscr);
    }

    /** VFNMA: {@code -d + -n * m}, rounded once. */
    public static int fnma(int d, int n, int m, Fpscr fpscr) {
        return fma(neg(d), neg(n), m, fpscr);
    }

    /** VFNMS: {@code -d + n * m}, rounded once. */
    public static int fnms(int d, int n, int m, Fpscr fpscr) {
        return fma(neg(d), n, m, fpscr);
    }
}
