// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

/** VCMP and VCMPE (ARMv7-M ARM A2.5.5, FPCompare): the result goes to N, Z, C and V of the FPSCR. */
public final class FpCompare {
    private static final int UNORDERED = 0x3000_0000;
    private static final int EQUAL = 0x6000_0000;
    private static final int LESS = 0x8000_0000;
    private static final int GREATER = 0x2000_0000;

    private FpCompare() {}

    /** VCMP: a signalling NaN is an invalid operation, a quiet one is not. */
    public static void quiet(int a, int b, Fpscr fpscr) {
        int nzcv = compare(fpscr.operand(a), fpscr.operand(b));
        fpscr.conditions(nzcv);
        if (nzcv == UNORDERED && (Nan.isSignalling(a) || Nan.isSignalling(b))) {
            fpscr.raise(Fpscr.IOC);
        }
    }

    /** VCMPE: any NaN is an invalid operation. */
    public static void signalling(int a, int b, Fpscr fpscr) {
        int nzcv = compare(fpscr.operand(a), fpscr.operand(b));
        fpscr.conditions(nzcv);
        if (nzcv == UNORDERED) {
            fpscr.raise(Fpscr.IOC);
        }
    }

    private static int compare(int a, int b) {
        if (Single.isNaN(a) || Single.isNaN(b)) {
            return UNORDERED;
        }
        int order = Integer.compare(ordered(a), ordered(b));
        return order == 0 ? EQUAL : order < 0 ? LESS : GREATER;
    }

    /** A whole number that sorts as the number does; both zeros are 0. */
    private static int ordered(int a) {
        return a < 0 ? -(a & ~Single.SIGN) : a;
    }
}
