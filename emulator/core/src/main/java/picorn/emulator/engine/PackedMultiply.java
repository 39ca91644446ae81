// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/** Multiplication of halves, octets and most significant words, of the DSP extension (ARMv7-M ARM, A4.4.3, A5.3.16 and A5.3.17). */
final class PackedMultiply {
    private PackedMultiply() {}

    static void encodings(EncodingTable e) {
        halves(e, "smlabb", "smulbb", "00", PackedMultiply::smlabb, PackedMultiply::smulbb);
        halves(e, "smlabt", "smulbt", "01", PackedMultiply::smlabt, PackedMultiply::smulbt);
        halves(e, "smlatb", "smultb", "10", PackedMultiply::smlatb, PackedMultiply::smultb);
        halves(e, "smlatt", "smultt", "11", PackedMultiply::smlatt, PackedMultiply::smultt);
        pair(e, "smlad", "smuad", "010", "0000", PackedMultiply::smlad, PackedMultiply::smuad);
        pair(e, "smladx", "smuadx", "010", "0001", PackedMultiply::smladx, PackedMultiply::smuadx);
        pair(e, "smlawb", "smulwb", "011", "0000", PackedMultiply::smlawb, PackedMultiply::smulwb);
        pair(e, "smlawt", "smulwt", "011", "0001", PackedMultiply::smlawt, PackedMultiply::smulwt);
        pair(e, "smlsd", "smusd", "100", "0000", PackedMultiply::smlsd, PackedMultiply::smusd);
        pair(e, "smlsdx", "smusdx", "100", "0001", PackedMultiply::smlsdx, PackedMultiply::smusdx);
        pair(e, "smmla", "smmul", "101", "0000", PackedMultiply::smmla, PackedMultiply::smmul);
        pair(e, "smmlar", "smmulr", "101", "0001", PackedMultiply::smmlar, PackedMultiply::smmulr);
        e.add("111110110110 nnnn aaaa dddd 0000 mmmm", "smmls<c> <d>, <n>, <m>, <a>", PackedMultiply::smmls);
        e.add("111110110110 nnnn aaaa dddd 0001 mmmm", "smmlsr<c> <d>, <n>, <m>, <a>", PackedMultiply::smmlsr);
        pair(e, "usada8", "usad8", "111", "0000", PackedMultiply::usada8, PackedMultiply::usad8);
        e.add("111110111100 nnnn tttt dddd 1000 mmmm", "smlalbb<c> <t>, <d>, <n>, <m>", PackedMultiply::smlalbb);
        e.add("111110111100 nnnn tttt dddd 1001 mmmm", "smlalbt<c> <t>, <d>, <n>, <m>", PackedMultiply::smlalbt);
        e.add("111110111100 nnnn tttt dddd 1010 mmmm", "smlaltb<c> <t>, <d>, <n>, <m>", PackedMultiply::smlaltb);
        e.add("111110111100 nnnn tttt dddd 1011 mmmm", "smlaltt<c> <t>, <d>, <n>, <m>", PackedMultiply::smlaltt);
        e.add("111110111100 nnnn tttt dddd 1100 mmmm", "smlald<c> <t>, <d>, <n>, <m>", PackedMultiply::smlald);
        e.add("111110111100 nnnn tttt dddd 1101 mmmm", "smlaldx<c> <t>, <d>, <n>, <m>", PackedMultiply::smlaldx);
        e.add("111110111101 nnnn tttt dddd 1100 mmmm", "smlsld<c> <t>, <d>, <n>, <m>", PackedMultiply::smlsld);
        e.add("111110111101 nnnn tttt dddd 1101 mmmm", "smlsldx<c> <t>, <d>, <n>, <m>", PackedMultiply::smlsldx);
        e.add("111110111110 nnnn tttt dddd 0110 mmmm", "umaal<c> <t>, <d>, <n>, <m>", PackedMultiply::umaal);
    }

    private static void halves(EncodingTable e, String adding, String plain, String xy, Meaning mla, Meaning mul) {
        pair(e, adding, plain, "001", "00" + xy, mla, mul);
    }

    private static void pair(
            EncodingTable e, String adding, String plain, String op1, String op2, Meaning mla, Meaning mul) {
        e.add("111110110" + op1 + " nnnn aaaa dddd " + op2 + " mmmm", adding + "<c> <d>, <n>, <m>, <a>", mla);
        e.add("111110110" + op1 + " nnnn 1111 dddd " + op2 + " mmmm", plain + "<c> <d>, <n>, <m>", mul);
    }

    static int bottom(int x) {
        return (short) x;
    }

    static int top(int x) {
        return x >> 16;
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
        setWithQ(core, i, dualSum(core.r[i.n], BitField.exchanged(core.r[i.m])) + core.r[i.a]);
    }

    static void smuad(Core core, Instruction i) {
        setWithQ(core, i, dualSum(core.r[i.n], core.r[i.m]));
    }

    static void smuadx(Core core, Instruction i) {
        setWithQ(core, i, dualSum(core.r[i.n], BitField.exchanged(core.r[i.m])));
    }

    static void smlsd(Core core, Instruction i) {
        setWithQ(core, i, dualDifference(core.r[i.n], core.r[i.m]) + core.r[i.a]);
    }

    static void smlsdx(Core core, Instruction i) {
        setWithQ(core, i, dualDifference(core.r[i.n], BitField.exchanged(core.r[i.m])) + core.r[i.a]);
    }

    static void smusd(Core core, Instruction i) {
        core.r[i.d] = (int) dualDifference(core.r[i.n], core.r[i.m]);
    }

    static void smusdx(Core core, Instruction i) {
        core.r[i.d] = (int) dualDifference(core.r[i.n], BitField.exchanged(core.r[i.m]));
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

    static void umaal(Core core, Instruction i) {
        long product = Multiply.unsigned(core.r[i.n]) * Multiply.unsigned(core.r[i.m]);
        Multiply.setLong(core, i, product + Multiply.unsigned(core.r[i.d]) + Multiply.unsigned(core.r[i.t]));
    }

    static void smlalbb(Core core, Instruction i) {
        Multiply.setLong(core, i, Multiply.getLong(core, i) + (long) bottom(core.r[i.n]) * bottom(core.r[i.m]));
    }

    static void smlalbt(Core core, Instruction i) {
        Multiply.setLong(core, i, Multiply.getLong(core, i) + (long) bottom(core.r[i.n]) * top(core.r[i.m]));
    }

    static void smlaltb(Core core, Instruction i) {
        Multiply.setLong(core, i, Multiply.getLong(core, i) + (long) top(core.r[i.n]) * bottom(core.r[i.m]));
    }

    static void smlaltt(Core core, Instruction i) {
        Multiply.setLong(core, i, Multiply.getLong(core, i) + (long) top(core.r[i.n]) * top(core.r[i.m]));
    }

    static void smlald(Core core, Instruction i) {
        Multiply.setLong(core, i, Multiply.getLong(core, i) + dualSum(core.r[i.n], core.r[i.m]));
    }

    static void smlaldx(Core core, Instruction i) {
        Multiply.setLong(core, i, Multiply.getLong(core, i) + dualSum(core.r[i.n], BitField.exchanged(core.r[i.m])));
    }

    static void smlsld(Core core, Instruction i) {
        Multiply.setLong(core, i, Multiply.getLong(core, i) + dualDifference(core.r[i.n], core.r[i.m]));
    }

    static void smlsldx(Core core, Instruction i) {
        Multiply.setLong(
                core, i, Multiply.getLong(core, i) + dualDifference(core.r[i.n], BitField.exchanged(core.r[i.m])));
    }
}
