// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/** Shift_C of the manual (ARMv7-M ARM, A2.2.1 and A7.4.2), and the instructions that only shift. */
final class Shift {
    static final int LSL = 0;
    static final int LSR = 1;
    static final int ASR = 2;
    static final int ROR = 3;
    static final int RRX = 4;

    private Shift() {}

    /** The type that DecodeImmShift makes of two bits and an amount. */
    static int type(int bits, int imm5) {
        return bits == ROR && imm5 == 0 ? RRX : bits;
    }

    /** The amount that DecodeImmShift makes of two bits and five. */
    static int amount(int bits, int imm5) {
        return imm5 == 0 && (bits == LSR || bits == ASR) ? 32 : bits == ROR && imm5 == 0 ? 1 : imm5;
    }

    /** {@code x} shifted by 0 to 255; {@code carry} goes in at the top of an RRX. */
    static int value(int type, int amount, int x, int carry) {
        return switch (type) {
            case LSL -> amount < 32 ? x << amount : 0;
            case LSR -> amount < 32 ? x >>> amount : 0;
            case ASR -> x >> Math.min(amount, 31);
            case ROR -> Integer.rotateRight(x, amount);
            default -> carry << 31 | x >>> 1;
        };
    }

    /** The bit shifted out last, or {@code carry} when nothing is. */
    static int carryOut(int type, int amount, int x, int carry) {
        if (amount == 0) {
            return carry;
        }
        return switch (type) {
            case LSL -> amount <= 32 ? x >>> 32 - amount & 1 : 0;
            case LSR -> amount <= 32 ? x >>> amount - 1 & 1 : 0;
            case ASR -> x >> Math.min(amount, 32) - 1 & 1;
            case ROR -> x >>> (amount - 1 & 31) & 1;
            default -> x & 1;
        };
    }

    /** Rm, shifted by an immediate. */
    static int operand(Core core, Instruction i) {
        int x = core.r[i.m];
        return i.shiftType == LSL ? x << i.shiftAmount : value(i.shiftType, i.shiftAmount, x, core.c);
    }

    /** Sets the flags of a logical operation with {@link #operand}. */
    static void flags(Core core, Instruction i, int result) {
        core.setNZ(result);
        core.c = carryOut(i.shiftType, i.shiftAmount, core.r[i.m], core.c);
    }

    static void lslRegister(Core core, Instruction i) {
        byRegister(core, i, LSL);
    }

    static void lsrRegister(Core core, Instruction i) {
        byRegister(core, i, LSR);
    }

    static void asrRegister(Core core, Instruction i) {
        byRegister(core, i, ASR);
    }

    static void rorRegister(Core core, Instruction i) {
        byRegister(core, i, ROR);
    }

    private static void byRegister(Core core, Instruction i, int type) {
        int x = core.r[i.n];
        int amount = core.r[i.m] & 0xff;
        int result = value(type, amount, x, 0);
        if (i.setsFlags) {
            core.setNZ(result);
            core.c = carryOut(type, amount, x, core.c);
        }
        core.r[i.d] = result;
    }
}
