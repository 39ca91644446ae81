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
        if (Nan.isSignalling(a) || Nan.isSignalling(b)) {
            fpscr.raise(Fpscr.IOC);
        }
        compare(a, b, fpscr);
    }

    /** VCMPE: any NaN is an invalid operation. */
    public static void signalling(int a, int b, Fpscr fpscr) {
        if (Single.isNaN(a) || Single.isNaN(b)) {
            fpscr.raise(Fpscr.IOC);
        }
        compare(a, b, fpscr);
    }

    private static void compare(int first, int second, Fpscr fpscr) {
        int a = fpscr.operand(first);
        int b = fpscr.operand(second);
        if (Single.isNaN(a) || Single.isNaN(b)) {
            fpscr.conditions(UNORDERED);
            return;
        }
        int order = Integer.compare(ordered(a), ordered(b));
        fpscr.conditions(order == 0 ? EQUAL : order < 0 ? LESS : GREATER);
    }

    /** A whole number that sorts as the number does; both zeros are 0. */
    private static int ordered(int a) {
        return a < 0 ? -(a & ~Single.SIGN) : a;
    }
}
