// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.Random;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/** Draws instructions of one encoding, none of them UNPREDICTABLE, nor one of those few of an encoding that are known to differ. */
final class RandomInstructions {
    private static final String REGISTERS = "dnmatue";
    private static final int TRIES = 2000;
    private static final Set<String> SP_ARITHMETIC = Set.of("add", "sub", "addw", "subw", "cmp", "cmn");

    /** {@link KnownDifference#RETURN_OF_OTHER_PROFILES}. */
    private static final int SUBS_PC_LR = 0xf3de8f00;

    private static final int ANY_OFFSET = 0xffffff00;

    private final Random random;

    RandomInstructions(Random random) {
        this.random = random;
    }

    /** An instruction of {@code encoding}, at {@code address}. */
    Instruction of(Encoding encoding, int address) {
        return of(encoding, address, code -> code);
    }

    /** The same, with fields that {@code fit} has changed. */
    Instruction of(Encoding encoding, int address, IntUnaryOperator fit) {
        for (int i = 0; i < TRIES; i++) {
            int bits = random.nextInt() & (encoding.wide() ? -1 : 0xffff);
            int code = fit.applyAsInt(encoding.value | bits & ~encoding.mask);
            if (Encodings.CORTEX_M4.of(code, encoding.wide()) == encoding) {
                Instruction instruction = new Instruction(encoding, code, address, false);
                if (isPredictable(instruction) && (code & ANY_OFFSET) != SUBS_PC_LR) {
                    return instruction;
                }
            }
        }
        throw new AssertionError("nothing predictable of " + encoding);
    }

    private static boolean isPredictable(Instruction i) {
        return usesPlainRegisters(i) && isPredictableTransfer(i) && isPredictableField(i);
    }

    private static boolean usesPlainRegisters(Instruction i) {
        for (char letter : REGISTERS.toCharArray()) {
            int register = i.encoding.field(letter, i.code);
            if (i.encoding.has(letter)
                    && (register == Core.PC || register == Core.SP)
                    && !isAllowed(letter, register, i)) {
                return false;
            }
        }
        return true;
    }

    /** Where an operand may be SP or PC: addresses, words, and what computes with SP. */
    private static boolean isAllowed(char letter, int register, Instruction i) {
        String name = Traits.mnemonic(i.encoding);
        if (!i.encoding.wide()) {
            return switch (name) {
                case "mov" -> register == Core.SP || letter == 'm';
                case "add" -> (register == Core.SP || letter == 'm') && !i.encoding.writes(" pc,");
                case "cmp" -> register == Core.SP;
                default -> false;
            };
        }
        if (register == Core.PC) {
            return false;
        }
        return switch (letter) {
            case 'n' -> Traits.accesses(i.encoding) && !name.startsWith("tb") || SP_ARITHMETIC.contains(name);
            case 't' -> name.equals("ldr") || name.equals("str");
            case 'd' -> i.n == Core.SP && (name.startsWith("add") || name.startsWith("sub")) && shiftsLittle(i);
            default -> false;
        };
    }

    private static boolean shiftsLittle(Instruction i) {
        return !i.encoding.has('m') || i.shiftType == Shift.LSL && i.shiftAmount <= 3;
    }

    private static boolean isPredictableTransfer(Instruction i) {
        Encoding encoding = i.encoding;
        if (encoding.has('l')) {
            boolean baseInList = encoding.has('n') && (i.list & 1 << i.n) != 0;
            boolean branches = (i.list & 1 << Core.PC) != 0;
            return Integer.bitCount(i.list) >= (encoding.wide() ? 2 : 1)
                    && !baseInList
                    && !(branches && (i.list & 1 << Core.LR) != 0);
        }
        if (encoding.writes("list>")) {
            int count = (i.code & 0x100) != 0 ? i.i / 2 : i.i;
            boolean odd = (i.code & 0x100) != 0 && (i.i & 1) != 0;
            return count >= 1 && count <= 16 && i.i + i.d <= 32 && !odd;
        }
        boolean pair = encoding.has('t') && encoding.has('u') && i.t == i.u;
        boolean exclusive =
                encoding.has('t') && encoding.has('d') && encoding.writes("ex") && (i.d == i.t || i.d == i.n);
        return !pair && !exclusive && !(i.writesBack && (i.n == i.t || i.n == i.u));
    }

    private static boolean isPredictableField(Instruction i) {
        Encoding encoding = i.encoding;
        String name = encoding.syntax;
        if (Traits.beginsBlock(encoding)) {
            return isPredictableBlock(i.i);
        }
        if (Traits.readsStatus(encoding)) {
            return isPredictableStatus(name, i);
        }
        if (name.startsWith("bf")) {
            return i.w >= i.i;
        }
        if (name.startsWith("sbfx") || name.startsWith("ubfx")) {
            return i.i + i.w <= 31;
        }
        if (name.startsWith("ssat") || name.startsWith("usat")) {
            return i.shiftAmount < 32;
        }
        if (encoding.writes("<t>, <d>,")) {
            return i.d != i.t;
        }
        if (encoding.writes("<sM+1>")) {
            return i.m != 31;
        }
        if (encoding.writes("<dD>") || encoding.writes("<dM>")) {
            return encoding.field(encoding.has('D') ? 'D' : 'M', i.code) < 16;
        }
        if (encoding.writes("<fbits16>")) {
            return (i.i << 1 | i.w) <= 16;
        }
        boolean zeroReplicated = encoding.writes("<const>")
                && encoding.field('i', i.code) >>> 8 >= 1
                && encoding.field('i', i.code) >>> 8 <= 3
                && (i.code & 0xff) == 0;
        return !zeroReplicated;
    }

    /** AL with an "else" in it, and the condition 1111, are UNPREDICTABLE. */
    private static boolean isPredictableBlock(int it) {
        int condition = it >> 4;
        return condition < 14 || condition == 14 && Integer.bitCount(it & 15) == 1;
    }

    private static boolean isPredictableStatus(String name, Instruction i) {
        if (name.startsWith("cps")) {
            return (i.i & 3) != 0;
        }
        boolean flags = i.i < 4;
        boolean known = i.i <= 9 && i.i != 4 || i.i >= 16 && i.i <= 20;
        boolean mask = name.startsWith("mrs") || (flags ? i.w != 0 : i.w == 2);
        return known && mask;
    }
}
