// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/** Packing, extension to two halves and SEL, of the DSP extension (ARMv7-M ARM, A4.4.5, A4.4.7 and A4.4.8). */
final class PackedBitField {
    private PackedBitField() {}

    static void encodings(EncodingTable e) {
        e.add("111110101010 nnnn 1111 dddd 1000 mmmm", "sel<c> <d>, <n>, <m>", PackedBitField::sel);
        BitField.extend(e, "sxtab16", "sxtb16<c>", "010", PackedBitField::sxtb16);
        BitField.extend(e, "uxtab16", "uxtb16<c>", "011", PackedBitField::uxtb16);
        e.add("111010101100 nnnn 0 iii dddd ii 00 mmmm", "pkhbt<c> <d>, <n>, <m><,lsl>", PackedBitField::pkhbt);
        e.add("111010101100 nnnn 0 iii dddd ii 10 mmmm", "pkhtb<c> <d>, <n>, <m>, asr #<asr>", PackedBitField::pkhtb);
    }

    static void sxtb16(Core core, Instruction i) {
        int x = BitField.rotated(core, i);
        core.r[i.d] = halves(core.r[i.n], (byte) x, (byte) (x >> 16));
    }

    static void uxtb16(Core core, Instruction i) {
        int x = BitField.rotated(core, i);
        core.r[i.d] = halves(core.r[i.n], x & 0xff, x >> 16 & 0xff);
    }

    /** The halves of {@code n}, each with its own number added. */
    static int halves(int n, int low, int high) {
        return (n >>> 16) + high << 16 | n + low & 0xffff;
    }

    static void sel(Core core, Instruction i) {
        int mask = octetMask(core.ge);
        core.r[i.d] = core.r[i.n] & mask | core.r[i.m] & ~mask;
    }

    /** 0xff in each octet whose bit in {@code ge} is set. */
    static int octetMask(int ge) {
        return ((ge & 1) | (ge & 2) << 7 | (ge & 4) << 14 | (ge & 8) << 21) * 0xff;
    }

    static void pkhbt(Core core, Instruction i) {
        core.r[i.d] = Shift.operand(core, i) & 0xffff_0000 | core.r[i.n] & 0xffff;
    }

    static void pkhtb(Core core, Instruction i) {
        core.r[i.d] = core.r[i.n] & 0xffff_0000 | Shift.operand(core, i) & 0xffff;
    }
}
