// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/** Bit fields, extension, reversal and CLZ (ARMv7-M ARM, A4.4.5, A4.4.7 and A4.4.8). */
final class BitField {
    private BitField() {}

    static void encodings(EncodingTable e) {
        // the JVM links each method reference at each start: one for each method, not one for each row
        Meaning sxth = BitField::sxth;
        Meaning sxtb = BitField::sxtb;
        Meaning uxth = BitField::uxth;
        Meaning uxtb = BitField::uxtb;
        Meaning rev = BitField::rev;
        Meaning rev16 = BitField::rev16;
        Meaning revsh = BitField::revsh;
        Meaning bfi = BitField::bfi;
        e.add("1011001000 mmm ddd", "sxth<c> <d>, <m>", sxth);
        e.add("1011001001 mmm ddd", "sxtb<c> <d>, <m>", sxtb);
        e.add("1011001010 mmm ddd", "uxth<c> <d>, <m>", uxth);
        e.add("1011001011 mmm ddd", "uxtb<c> <d>, <m>", uxtb);
        e.add("1011101000 mmm ddd", "rev<c> <d>, <m>", rev);
        e.add("1011101001 mmm ddd", "rev16<c> <d>, <m>", rev16);
        e.add("1011101011 mmm ddd", "revsh<c> <d>, <m>", revsh);
        e.add("111110101001 xxxx 1111 dddd 1000 mmmm", "rev<c>.w <d>, <m>", rev);
        e.add("111110101001 xxxx 1111 dddd 1001 mmmm", "rev16<c>.w <d>, <m>", rev16);
        e.add("111110101001 xxxx 1111 dddd 1010 mmmm", "rbit<c> <d>, <m>", BitField::rbit);
        e.add("111110101001 xxxx 1111 dddd 1011 mmmm", "revsh<c>.w <d>, <m>", revsh);
        e.add("111110101011 xxxx 1111 dddd 1000 mmmm", "clz<c> <d>, <m>", BitField::clz);
        extend(e, "sxtah", "sxth<c>.w", "000", sxth);
        extend(e, "uxtah", "uxth<c>.w", "001", uxth);
        extend(e, "sxtab", "sxtb<c>.w", "100", sxtb);
        extend(e, "uxtab", "uxtb<c>.w", "101", uxtb);
        e.add("111100110100 nnnn 0 iii dddd ii 0 wwwww", "sbfx<c> <d>, <n>, #<i>, #<w+1>", BitField::sbfx);
        e.add("111100111100 nnnn 0 iii dddd ii 0 wwwww", "ubfx<c> <d>, <n>, #<i>, #<w+1>", BitField::ubfx);
        e.add("111100110110 nnnn 0 iii dddd ii 0 wwwww", "bfi<c> <d>, <n>, #<i>, #<bfw>", bfi);
        e.add("111100110110 1111 0 iii dddd ii 0 wwwww", "bfc<c> <d>, #<i>, #<bfw>", bfi);
    }

    /** Rn is absent, and so 0, in the form that does not add; w is the rotation in octets. */
    static void extend(EncodingTable e, String adding, String plain, String op, Meaning meaning) {
        e.add("111110100" + op + " nnnn 1111 dddd 10 ww mmmm", adding + "<c> <d>, <n>, <m><,ror>", meaning);
        e.add("111110100" + op + " 1111 1111 dddd 10 ww mmmm", plain + " <d>, <m><,ror>", meaning);
    }

    /** The halves of {@code x} exchanged. */
    static int exchanged(int x) {
        return Integer.rotateRight(x, 16);
    }

    static int rotated(Core core, Instruction i) {
        return Integer.rotateRight(core.r[i.m], 8 * i.w);
    }

    static void sxth(Core core, Instruction i) {
        core.r[i.d] = core.r[i.n] + (short) rotated(core, i);
    }

    static void sxtb(Core core, Instruction i) {
        core.r[i.d] = core.r[i.n] + (byte) rotated(core, i);
    }

    static void uxth(Core core, Instruction i) {
        core.r[i.d] = core.r[i.n] + (rotated(core, i) & 0xffff);
    }

    static void uxtb(Core core, Instruction i) {
        core.r[i.d] = core.r[i.n] + (rotated(core, i) & 0xff);
    }

    static void rev(Core core, Instruction i) {
        core.r[i.d] = Integer.reverseBytes(core.r[i.m]);
    }

    static void rev16(Core core, Instruction i) {
        core.r[i.d] = exchanged(Integer.reverseBytes(core.r[i.m]));
    }

    static void revsh(Core core, Instruction i) {
        core.r[i.d] = Short.reverseBytes((short) core.r[i.m]);
    }

    static void rbit(Core core, Instruction i) {
        core.r[i.d] = Integer.reverse(core.r[i.m]);
    }

    static void clz(Core core, Instruction i) {
        core.r[i.d] = Integer.numberOfLeadingZeros(core.r[i.m]);
    }

    static void sbfx(Core core, Instruction i) {
        core.r[i.d] = core.r[i.n] << 31 - i.w - i.i >> 31 - i.w;
    }

    static void ubfx(Core core, Instruction i) {
        core.r[i.d] = core.r[i.n] << 31 - i.w - i.i >>> 31 - i.w;
    }

    /** w is the most significant bit; a BFC has no Rn, and so inserts 0. */
    static void bfi(Core core, Instruction i) {
        int mask = (int) ((1L << i.w + 1) - (1L << i.i));
        core.r[i.d] = core.r[i.d] & ~mask | core.r[i.n] << i.i & mask;
    }
}
