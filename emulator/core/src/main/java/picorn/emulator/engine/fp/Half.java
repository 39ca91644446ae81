// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

/** The fields of a half-precision number, IEEE 754 or alternative (ARMv7-M ARM A2.5.2). */
final class Half {
    static final int SIGN = 0x8000;
    static final int INFINITY = 0x7C00;
    static final int LARGEST = 0x7BFF;
    static final int LARGEST_ALTERNATIVE = 0x7FFF;
    static final int FRACTION_BITS = 10;
    static final int FRACTION = (1 << FRACTION_BITS) - 1;
    static final int MIN_EXPONENT = -14;
    static final int DEFAULT_NAN = 0x7E00;

    private Half() {}

    /** The magnitude that stands for one too large. */
    static int overflow(int sign, Fpscr fpscr) {
        if (fpscr.alternativeHalf()) {
            fpscr.raise(Fpscr.IOC);
            return LARGEST_ALTERNATIVE;
        }
        fpscr.raise(Fpscr.OFC | Fpscr.IXC);
        return fpscr.rounding().overflowsToInfinity(sign) ? INFINITY : LARGEST;
    }
}
