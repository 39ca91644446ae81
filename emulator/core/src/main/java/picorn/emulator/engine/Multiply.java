// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.Stop.Fault;

/** Multiplication and division of words (ARMv7-M ARM, A4.4.3, A5.3.16 and A5.3.17). */
final class Multiply {
    private Multiply() {}

    static void encodings(EncodingTable e) {
        e.add("010000 1101 mmm eee", "mul<S><c> <d>, <m>", Multiply::mul);
        e.add("111110110000 nnnn aaaa dddd 0000 mmmm", "mla<c> <d>, <n>, <m>, <a>", Multiply::mla);
        e.add("111110110000 nnnn 1111 dddd 0000 mmmm", "mul<c>.w <d>, <n>, <m>", Multiply::mul);
        e.add("111110110000 nnnn aaaa dddd 0001 mmmm", "mls<c> <d>, <n>, <m>, <a>", Multiply::mls);
        e.add("111110111000 nnnn tttt dddd 0000 mmmm", "smull<c> <t>, <d>, <n>, <m>", Multiply::smull);
        e.add("111110111001 nnnn 1111 dddd 1111 mmmm", "sdiv<c> <d>, <n>, <m>", Multiply::sdiv, Cost.SIGNED_DIVISION);
        e.add("111110111010 nnnn tttt dddd 0000 mmmm", "umull<c> <t>, <d>, <n>, <m>", Multiply::umull);
        e.add("111110111011 nnnn 1111 dddd 1111 mmmm", "udiv<c> <d>, <n>, <m>", Multiply::udiv, Cost.UNSIGNED_DIVISION);
        e.add("111110111100 nnnn tttt dddd 0000 mmmm", "smlal<c> <t>, <d>, <n>, <m>", Multiply::smlal);
        e.add("111110111110 nnnn tttt dddd 0000 mmmm", "umlal<c> <t>, <d>, <n>, <m>", Multiply::umlal);
    }

    static int signedQuotient(int n, int m) {
        return m == 0 ? 0 : n / m;
    }

    static int unsignedQuotient(int n, int m) {
        return m == 0 ? 0 : Integer.divideUnsigned(n, m);
    }

    /** The cycles of {@link #signedQuotient}: those of the absolute values. */
    static int signedDivision(int n, int m) {
        return unsignedDivision(Math.abs(n), Math.abs(m));
    }

    /**
     * The cycles of {@link #unsignedQuotient}. The manual (Cortex-M4 TRM, 3.3) gives 2 to 12, fewer the more leading zeros there are in the
     * dividend than in the divisor; we spread them evenly over the bits that the quotient can have.
     */
    static int unsignedDivision(int n, int m) {
        int bits = m == 0 ? 0 : Math.max(0, Integer.numberOfLeadingZeros(m) - Integer.numberOfLeadingZeros(n) + 1);
        return 2 + (bits * 10 + 31) / 32;
    }

    static long unsigned(int x) {
        return x & 0xffff_ffffL;
    }

    static void mul(Core core, Instruction i) {
        int product = core.r[i.n] * core.r[i.m];
        if (i.setsFlags) {
            core.setNZ(product);
        }
        core.r[i.d] = product;
    }

    static void mla(Core core, Instruction i) {
        core.r[i.d] = core.r[i.n] * core.r[i.m] + core.r[i.a];
    }

    static void mls(Core core, Instruction i) {
        core.r[i.d] = core.r[i.a] - core.r[i.n] * core.r[i.m];
    }

    /** RdHi:RdLo: the letter d is RdHi, t RdLo. */
    static void setLong(Core core, Instruction i, long value) {
        core.r[i.t] = (int) value;
        core.r[i.d] = (int) (value >>> 32);
    }

    static long getLong(Core core, Instruction i) {
        return (long) core.r[i.d] << 32 | unsigned(core.r[i.t]);
    }

    static void smull(Core core, Instruction i) {
        setLong(core, i, (long) core.r[i.n] * core.r[i.m]);
    }

    static void umull(Core core, Instruction i) {
        setLong(core, i, unsigned(core.r[i.n]) * unsigned(core.r[i.m]));
    }

    static void smlal(Core core, Instruction i) {
        setLong(core, i, getLong(core, i) + (long) core.r[i.n] * core.r[i.m]);
    }

    static void umlal(Core core, Instruction i) {
        setLong(core, i, getLong(core, i) + unsigned(core.r[i.n]) * unsigned(core.r[i.m]));
    }

    static void sdiv(Core core, Instruction i) {
        trapZero(core, i);
        core.r[i.d] = signedQuotient(core.r[i.n], core.r[i.m]);
    }

    static void udiv(Core core, Instruction i) {
        trapZero(core, i);
        core.r[i.d] = unsignedQuotient(core.r[i.n], core.r[i.m]);
    }

    private static void trapZero(Core core, Instruction i) {
        if (core.divideByZeroTraps && core.r[i.m] == 0) {
            throw core.fault(Fault.DIVIDE_BY_ZERO, i.address);
        }
    }
}
