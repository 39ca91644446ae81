// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

/** Which NaN an operation gives (ARMv7-M ARM A2.5.5, FPProcessNaN, FPProcessNaNs, FPProcessNaNs3). */
final class Nan {
    static final int DEFAULT = 0x7FC0_0000;
    static final int QUIET = 1 << 22;

    private Nan() {}

    static boolean isSignalling(int a) {
        return Single.isNaN(a) && (a & QUIET) == 0;
    }

    /** The result of an operation that has none. */
    static int invalid(Fpscr fpscr) {
        fpscr.raise(Fpscr.IOC);
        return DEFAULT;
    }

    /** The result for an operand that is a NaN. */
    static int from(int nan, Fpscr fpscr) {
        if (isSignalling(nan)) {
            fpscr.raise(Fpscr.IOC);
        }
        return fpscr.defaultNaN() ? DEFAULT : nan | QUIET;
    }

    /** The result for two operands, of which one is a NaN at least: signalling ones first. */
    static int from(int a, int b, Fpscr fpscr) {
        if (isSignalling(a) || !isSignalling(b) && Single.isNaN(a)) {
            return from(a, fpscr);
        }
        return from(b, fpscr);
    }

    /** The result for three operands, of which one is a NaN at least: signalling ones first. */
    static int from(int a, int b, int c, Fpscr fpscr) {
        boolean anySignalling = isSignalling(a) || isSignalling(b) || isSignalling(c);
        if (anySignalling ? isSignalling(a) : Single.isNaN(a)) {
            return from(a, fpscr);
        }
        return from(b, c, fpscr);
    }
}
