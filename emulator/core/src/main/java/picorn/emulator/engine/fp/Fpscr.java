// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

/** The floating-point status and control register (ARMv7-M ARM A2.5.3): modes that steer an operation, flags that it leaves. */
public final class Fpscr {
    /** Invalid operation. */
    public static final int IOC = 1;
    /** Division by zero. */
    public static final int DZC = 1 << 1;
    /** Overflow. */
    public static final int OFC = 1 << 2;
    /** Underflow. */
    public static final int UFC = 1 << 3;
    /** Inexact. */
    public static final int IXC = 1 << 4;
    /** Input denormal: an operand was flushed to zero. */
    public static final int IDC = 1 << 7;
    /** Flush to zero. */
    public static final int FZ = 1 << 24;
    /** Default NaN. */
    public static final int DN = 1 << 25;
    /** Alternative half precision: no infinities, no NaNs, twice the range. */
    public static final int AHP = 1 << 26;
    /** The lowest bit of the rounding mode, two bits wide. */
    public static final int RMODE_SHIFT = 22;
    /** N, Z, C and V of the last comparison. */
    public static final int NZCV = 0xF000_0000;
    /** The bits that exist in FPv4-SP. */
    public static final int IMPLEMENTED = NZCV | AHP | DN | FZ | 3 << RMODE_SHIFT | IDC | IXC | UFC | OFC | DZC | IOC;

    private static final Rounding[] MODES = Rounding.values();

    private int value;
    private Rounding rounding = Rounding.RN;

    /** A register that holds 0: round to nearest, nothing flushed, no flag. */
    public Fpscr() {}

    /** What VMRS reads. */
    public int get() {
        return value;
    }

    /** Takes what VMSR writes; bits that do not exist stay 0. */
    public void set(int newValue) {
        value = newValue & IMPLEMENTED;
        rounding = MODES[value >>> RMODE_SHIFT & 3];
    }

    /** The rounding mode. */
    public Rounding rounding() {
        return rounding;
    }

    /** Adds cumulative flags, {@link #IOC} to {@link #IDC}. */
    void raise(int flags) {
        value |= flags;
    }

    /** Sets N, Z, C and V from bits 31 to 28; the other bits of {@code nzcv} are 0. */
    void conditions(int nzcv) {
        value = value & ~NZCV | nzcv;
    }

    /** Whether arithmetic is Java's: to nearest, denormal numbers kept. */
    boolean isPlain() {
        return (value & (FZ | 3 << RMODE_SHIFT)) == 0;
    }

    boolean isInexact() {
        return (value & IXC) != 0;
    }

    boolean flushesToZero() {
        return (value & FZ) != 0;
    }

    boolean defaultNaN() {
        return (value & DN) != 0;
    }

    boolean alternativeHalf() {
        return (value & AHP) != 0;
    }

    /** An operand as the operation takes it: with flush to zero, a denormal one becomes a zero of its sign. */
    int operand(int a) {
        if (flushesToZero() && Single.isDenormal(a)) {
            raise(IDC);
            return a & Single.SIGN;
        }
        return a;
    }
}
