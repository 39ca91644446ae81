// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/** Saturating addition and saturation to a width (ARMv7-M ARM, A4.4.4 and A2.2.1). */
final class Saturating {
    private Saturating() {}

    static void encodings(EncodingTable e) {
        e.add("111110101000 nnnn 1111 dddd 1000 mmmm", "qadd<c> <d>, <m>, <n>", Saturating::qadd);
        e.add("111110101000 nnnn 1111 dddd 1001 mmmm", "qdadd<c> <d>, <m>, <n>", Saturating::qdadd);
        e.add("111110101000 nnnn 1111 dddd 1010 mmmm", "qsub<c> <d>, <m>, <n>", Saturating::qsub);
        e.add("111110101000 nnnn 1111 dddd 1011 mmmm", "qdsub<c> <d>, <m>, <n>", Saturating::qdsub);
        e.add("111100110000 mmmm 0 iii dddd ii 0 wwwww", "ssat<c> <d>, #<w+1>, <m><,lsl>", Saturating::ssat);
        e.add("111100110010 mmmm 0 iii dddd ii 0 wwwww", "ssat<c> <d>, #<w+1>, <m>, asr #<asr>", Saturating::ssat);
        e.add("111100110010 mmmm 0000 dddd 0000 wwww", "ssat16<c> <d>, #<w+1>, <m>", Saturating::ssat16);
        e.add("111100111000 mmmm 0 iii dddd ii 0 wwwww", "usat<c> <d>, #<w>, <m><,lsl>", Saturating::usat);
        e.add("111100111010 mmmm 0 iii dddd ii 0 wwwww", "usat<c> <d>, #<w>, <m>, asr #<asr>", Saturating::usat);
        e.add("111100111010 mmmm 0000 dddd 0000 wwww", "usat16<c> <d>, #<w>, <m>", Saturating::usat16);
    }

    /** SignedSat: {@code x} brought to the nearest signed number of {@code bits} bits, 1 to 32. */
    static int signed(long x, int bits) {
        long high = (1L << bits - 1) - 1;
        return (int) Math.max(Math.min(x, high), -high - 1);
    }

    /** UnsignedSat: {@code x} brought to the nearest unsigned number of {@code bits} bits, 0 to 31. */
    static int unsigned(long x, int bits) {
        return (int) Math.max(Math.min(x, (1L << bits) - 1), 0);
    }

    private static int signedQ(Core core, long x, int bits) {
        int result = signed(x, bits);
        if (result != x) {
            core.q = 1;
        }
        return result;
    }

    private static int unsignedQ(Core core, int x, int bits) {
        int result = unsigned(x, bits);
        if (result != x) {
            core.q = 1;
        }
        return result;
    }

    static void qadd(Core core, Instruction i) {
        core.r[i.d] = signedQ(core, (long) core.r[i.m] + core.r[i.n], 32);
    }

    static void qsub(Core core, Instruction i) {
        core.r[i.d] = signedQ(core, (long) core.r[i.m] - core.r[i.n], 32);
    }

    static void qdadd(Core core, Instruction i) {
        long doubled = signedQ(core, 2L * core.r[i.n], 32);
        core.r[i.d] = signedQ(core, core.r[i.m] + doubled, 32);
    }

    static void qdsub(Core core, Instruction i) {
        long doubled = signedQ(core, 2L * core.r[i.n], 32);
        core.r[i.d] = signedQ(core, core.r[i.m] - doubled, 32);
    }

    static void ssat(Core core, Instruction i) {
        core.r[i.d] = signedQ(core, Shift.operand(core, i), i.w + 1);
    }

    static void usat(Core core, Instruction i) {
        core.r[i.d] = unsignedQ(core, Shift.operand(core, i), i.w);
    }

    static void ssat16(Core core, Instruction i) {
        int x = core.r[i.m];
        int low = signedQ(core, (short) x, i.w + 1);
        core.r[i.d] = signedQ(core, x >> 16, i.w + 1) << 16 | low & 0xffff;
    }

    static void usat16(Core core, Instruction i) {
        int x = core.r[i.m];
        int low = unsignedQ(core, (short) x, i.w);
        core.r[i.d] = unsignedQ(core, x >> 16, i.w) << 16 | low;
    }
}
