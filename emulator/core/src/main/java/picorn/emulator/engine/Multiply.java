// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.Stop.Fault;

/** Multiplication and division (ARMv7-M ARM, A4.4.3, A5.3.16 and A5.3.17). */
final class Multiply {
    private Multiply() {}

    static void encodings(Encodings e) {
        e.add("010000 1101 mmm eee", "mul<S><c> <d>, <m>", Multiply::mul);
        e.add("111110110000 nnnn aaaa dddd 0000 mmmm", "mla<c> <d>, <n>, <m>, <a>", Multiply::mla);
        e.add("111110110000 nnnn 1111 dddd 0000 mmmm", "mul<c>.w <d>, <n>, <m>", Multiply::mul);
        e.add("111110110000 nnnn aaaa dddd 0001 mmmm", "mls<c> <d>, <n>, <m>, <a>", Multiply::mls);
        halves(e, "smlabb", "smulbb", "00", Multiply::smlabb, Multiply::smulbb);
        halves(e, "smlabt", "smulbt", "01", Multiply::smlabt, Multiply::smulbt);
        halves(e, "smlatb", "smultb", "10", Multiply::smlatb, Multiply::smultb);
        halves(e, "smlatt", "smultt", "11", Multiply::smlatt, Multiply::smultt);
        pair(e, "smlad", "smuad", "010", "0000", Multiply::smlad, Multiply::smuad);
        pair(e, "smladx", "smuadx", "010", "0001", Multiply::smladx, Multiply::smuadx);
        pair(e, "smlawb", "smulwb", "011", "0000", Multiply::smlawb, Multiply::smulwb);
        pair(e, "smlawt", "smulwt", "011", "0001", Multiply::smlawt, Multiply::smulwt);
        pair(e, "smlsd", "smusd", "100", "0000", Multiply::smlsd, Multiply::smusd);
        pair(e, "smlsdx", "smusdx", "100", "0001", Multiply::smlsdx, Multiply::smusdx);
        pair(e, "smmla", "smmul", "101", "0000", Multiply::smmla, Multiply::smmul);
        pair(e, "smmlar", "smmulr", "101", "0001", Multiply::smmlar, Multiply::smmulr);
        e.add("111110110110 nnnn aaaa dddd 0000 mmmm", "smmls<c> <d>, <n>, <m>, <a>", Multiply::smmls);
        e.add("111110110110 nnnn aaaa dddd 0001 mmmm", "smmlsr<c> <d>, <n>, <m>, <a>", Multiply::smmlsr);
        pair(e, "usada8", "usad8", "111", "0000", Multiply::usada8, Multiply::usad8);
        e.add("111110111000 nnnn tttt dddd 0000 mmmm", "smull<c> <t>, <d>, <n>, <m>", Multiply::smull);
        e.add("111110111001 nnnn 1111 dddd 1111 mmmm", "sdiv<c> <d>, <n>, <m>", Multiply::sdiv, Cost.SIGNED_DIVISION);
        e.add("111110111010 nnnn tttt dddd 0000 mmmm", "umull<c> <t>, <d>, <n>, <m>", Multiply::umull);
        e.add("111110111011 nnnn 1111 dddd 1111 mmmm", "udiv<c> <d>, <n>, <m>", Multiply::udiv, Cost.UNSIGNED_DIVISION);
        e.add("111110111100 nnnn tttt dddd 0000 mmmm", "smlal<c> <t>, <d>, <n>, <m>", Multiply::smlal);
        e.add("111110111100 nnnn tttt dddd 1000 mmmm", "smlalbb<c> <t>, <d>, <n>, <m>", Multiply::smlalbb);
        e.add("111110111100 nnnn tttt dddd 1001 mmmm", "smlalbt<c> <t>, <d>, <n>, <m>", Multiply::smlalbt);
        e.add("111110111100 nnnn tttt dddd 1010 mmmm", "smlaltb<c> <t>, <d>, <n>, <m>", Multiply::smlaltb);
        e.add("111110111100 nnnn tttt dddd 1011 mmmm", "smlaltt<c> <t>, <d>, <n>, <m>", Multiply::smlaltt);
        e.add("111110111100 nnnn tttt dddd 1100 mmmm", "smlald<c> <t>, <d>, <n>, <m>", Multiply::smlald);
        e.add("111110111100 nnnn tttt dddd 1101 mmmm", "smlaldx<c> <t>, <d>, <n>, <m>", Multiply::smlaldx);
        e.add("111110111101 nnnn tttt dddd 1100 mmmm", "smlsld<c> <t>, <d>, <n>, <m>", Multiply::smlsld);
        e.add("111110111101 nnnn tttt dddd 1101 mmmm", "smlsldx<c> <t>, <d>, <n>, <m>", Multiply::smlsldx);
        e.add("111110111110 nnnn tttt dddd 0000 mmmm", "umlal<c> <t>, <d>, <n>, <m>", Multiply::umlal);
        e.add("111110111110 nnnn tttt dddd 0110 mmmm", "umaal<c> <t>, <d>, <n>, <m>", Multiply::umaal);
    }

    private static void halves(Encodings e, String adding, String plain, String xy, Meaning mla, Meaning mul) {
        pair(e, adding, plain, "001", "00" + xy, mla, mul);
    }

    private static void pair(
            Encodings e, String adding, String plain, String op1, String op2, Meaning mla, Meaning mul) {
        e.add("111110110" + op1 + " nnnn aaaa dddd " + op2 + " mmmm", adding + "<c> <d>, <n>, <m>, <a>", mla);
        e.add("111110110" + op1 + " nnnn 1111 dddd " + op2 + " mmmm", plain + "<c> <d>, <n>, <m>", mul);
    }

    // Pure functions of operands.

    static int bottom(int x) {
        return (short) x;
    }

    static int top(int x) {
        return x >> 16;
    }

    /** The halves of {@code x} exchanged. */
    static int exchanged(int x) {
        return Integer.rotateRight(x, 16);
    }

    /** The sum of the products of the halves. */
    static long dualSum(int n, int m) {
        return (long) bottom(n) * bottom(m) + (long) top(n) * top(m);
    }

    /** The product of the bottom halves less that of the top halves. */
    static long dualDifference(int n, int m) {
        return (long) bottom(n) * bottom(m) - (long) top(n) * top(m);
    }

    /** Bits 47:16 of a product of a word and a halfword. */
    static int wordByHalf(int n, int half) {
        return (int) ((long) n * half >> 16);
    }

    /** The sum of the absolute differences of the four octets. */
    static int sumOfDifferences(int n, int m) {
        int sum = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            sum += Math.abs((n >>> shift & 0xff) - (m >>> shift & 0xff));
        }
        return sum;
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
     * The cycles of {@link #unsignedQuotient}. The manual (Cortex-M4 TRM, 3.3.1) gives 2 to 12, fewer the more leading zeros there are in the
     * dividend than in the divisor; we spread them evenly over the bits that the quotient can have.
     */
    static int unsignedDivision(int n, int m) {
        int bits = m == 0 ? 0 : Math.max(0, Integer.numberOfLeadingZeros(m) - Integer.numberOfLeadingZeros(n) + 1);
        return 2 + (bits * 10 + 31) / 32;
    }

    private static long unsigned(int x) {
        return x & 0xffff_ffffL;
    }

    // Meanings.

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

    /** Sets Rd to the low word of {@code sum}, and Q if that is not all of it. */
    private static void setWithQ(Core core, Instruction i, long sum) {
        int result = (int) sum;
        if (result != sum) {
            core.q = 1;
        }
        core.r[i.d] = result;
    }

    static void smlabb(Core core, Instruction i) {
        setWithQ(core, i, (long) bottom(core.r[i.n]) * bottom(core.r[i.m]) + core.r[i.a]);
    }

    static void smlabt(Core core, Instruction i) {
        setWithQ(core, i, (long) bottom(core.r[i.n]) * top(core.r[i.m]) + core.r[i.a]);
    }

    static void smlatb(Core core, Instruction i) {
        setWithQ(core, i, (long) top(core.r[i.n]) * bottom(core.r[i.m]) + core.r[i.a]);
    }

    static void smlatt(Core core, Instruction i) {
        setWithQ(core, i, (long) top(core.r[i.n]) * top(core.r[i.m]) + core.r[i.a]);
    }

    static void smulbb(Core core, Instruction i) {
        core.r[i.d] = bottom(core.r[i.n]) * bottom(core.r[i.m]);
    }

    static void smulbt(Core core, Instruction i) {
        core.r[i.d] = bottom(core.r[i.n]) * top(core.r[i.m]);
    }

    static void smultb(Core core, Instruction i) {
        core.r[i.d] = top(core.r[i.n]) * bottom(core.r[i.m]);
    }

    static void smultt(Core core, Instruction i) {
        core.r[i.d] = top(core.r[i.n]) * top(core.r[i.m]);
    }

    static void smlad(Core core, Instruction i) {
        setWithQ(core, i, dualSum(core.r[i.n], core.r[i.m]) + core.r[i.a]);
    }

    static void smladx(Core core, Instruction i) {
        setWithQ(core, i, dualSum(core.r[i.n], exchanged(core.r[i.m])) + core.r[i.a]);
    }

    static void smuad(Core core, Instruction i) {
        setWithQ(core, i, dualSum(core.r[i.n], core.r[i.m]));
    }

    static void smuadx(Core core, Instruction i) {
        setWithQ(core, i, dualSum(core.r[i.n], exchanged(core.r[i.m])));
    }

    static void smlsd(Core core, Instruction i) {
        setWithQ(core, i, dualDifference(core.r[i.n], core.r[i.m]) + core.r[i.a]);
    }

    static void smlsdx(Core core, Instruction i) {
        setWithQ(core, i, dualDifference(core.r[i.n], exchanged(core.r[i.m])) + core.r[i.a]);
    }

    static void smusd(Core core, Instruction i) {
        core.r[i.d] = (int) dualDifference(core.r[i.n], core.r[i.m]);
    }

    static void smusdx(Core core, Instruction i) {
        core.r[i.d] = (int) dualDifference(core.r[i.n], exchanged(core.r[i.m]));
    }

    static void smlawb(Core core, Instruction i) {
        setWithQ(core, i, (long) wordByHalf(core.r[i.n], bottom(core.r[i.m])) + core.r[i.a]);
    }

    static void smlawt(Core core, Instruction i) {
        setWithQ(core, i, (long) wordByHalf(core.r[i.n], top(core.r[i.m])) + core.r[i.a]);
    }

    static void smulwb(Core core, Instruction i) {
        core.r[i.d] = wordByHalf(core.r[i.n], bottom(core.r[i.m]));
    }

    static void smulwt(Core core, Instruction i) {
        core.r[i.d] = wordByHalf(core.r[i.n], top(core.r[i.m]));
    }

    /** Bits 63:32 of Ra:0 plus or minus the product, plus {@code rounding}. */
    private static int mostSignificant(int a, long product, long rounding) {
        return (int) (((long) a << 32) + product + rounding >> 32);
    }

    private static final long HALF = 0x8000_0000L;

    static void smmla(Core core, Instruction i) {
        core.r[i.d] = mostSignificant(core.r[i.a], (long) core.r[i.n] * core.r[i.m], 0);
    }

    static void smmlar(Core core, Instruction i) {
        core.r[i.d] = mostSignificant(core.r[i.a], (long) core.r[i.n] * core.r[i.m], HALF);
    }

    static void smmul(Core core, Instruction i) {
        core.r[i.d] = mostSignificant(0, (long) core.r[i.n] * core.r[i.m], 0);
    }

    static void smmulr(Core core, Instruction i) {
        core.r[i.d] = mostSignificant(0, (long) core.r[i.n] * core.r[i.m], HALF);
    }

    static void smmls(Core core, Instruction i) {
        core.r[i.d] = mostSignificant(core.r[i.a], -((long) core.r[i.n] * core.r[i.m]), 0);
    }

    static void smmlsr(Core core, Instruction i) {
        core.r[i.d] = mostSignificant(core.r[i.a], -((long) core.r[i.n] * core.r[i.m]), HALF);
    }

    static void usad8(Core core, Instruction i) {
        core.r[i.d] = sumOfDifferences(core.r[i.n], core.r[i.m]);
    }

    static void usada8(Core core, Instruction i) {
        core.r[i.d] = core.r[i.a] + sumOfDifferences(core.r[i.n], core.r[i.m]);
    }

    /** RdHi:RdLo: the letter d is RdHi, t RdLo. */
    private static void setLong(Core core, Instruction i, long value) {
        core.r[i.t] = (int) value;
        core.r[i.d] = (int) (value >>> 32);
    }

    private static long getLong(Core core, Instruction i) {
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

    static void umaal(Core core, Instruction i) {
        long product = unsigned(core.r[i.n]) * unsigned(core.r[i.m]);
        setLong(core, i, product + unsigned(core.r[i.d]) + unsigned(core.r[i.t]));
    }

    static void smlalbb(Core core, Instruction i) {
        setLong(core, i, getLong(core, i) + (long) bottom(core.r[i.n]) * bottom(core.r[i.m]));
    }

    static void smlalbt(Core core, Instruction i) {
        setLong(core, i, getLong(core, i) + (long) bottom(core.r[i.n]) * top(core.r[i.m]));
    }

    static void smlaltb(Core core, Instruction i) {
        setLong(core, i, getLong(core, i) + (long) top(core.r[i.n]) * bottom(core.r[i.m]));
    }

    static void smlaltt(Core core, Instruction i) {
        setLong(core, i, getLong(core, i) + (long) top(core.r[i.n]) * top(core.r[i.m]));
    }

    static void smlald(Core core, Instruction i) {
        setLong(core, i, getLong(core, i) + dualSum(core.r[i.n], core.r[i.m]));
    }

    static void smlaldx(Core core, Instruction i) {
        setLong(core, i, getLong(core, i) + dualSum(core.r[i.n], exchanged(core.r[i.m])));
    }

    static void smlsld(Core core, Instruction i) {
        setLong(core, i, getLong(core, i) + dualDifference(core.r[i.n], core.r[i.m]));
    }

    static void smlsldx(Core core, Instruction i) {
        setLong(core, i, getLong(core, i) + dualDifference(core.r[i.n], exchanged(core.r[i.m])));
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
