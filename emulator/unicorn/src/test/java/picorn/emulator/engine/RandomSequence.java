// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Random code that ends: any instruction that the table of encodings has, IT blocks, branches, loops, calls, table branches, literal
 * pools. R0 to R5 and the floating-point registers are free; R7 and R8 are bases of accesses, R6 and R9 indexes, R12 counts loops;
 * what moves a base or SP is followed by its restoring from R10 or R11.
 */
final class RandomSequence {
    static final int DATA_BASE = EnginePair.BASE + 0x2000;
    static final int STACK = EnginePair.BASE + 0x1000;
    static final int NARROW_BASE = 7;
    static final int WIDE_BASE = 8;
    static final int NARROW_INDEX = 6;
    static final int WIDE_INDEX = 9;
    static final int SAVED_BASE = 10;
    static final int SAVED_STACK = 11;

    private static final int FREE = 6;
    private static final int FREE_LIST = 0x3f;
    private static final int DEEPEST = 2;
    private static final int[] RESTORE_STACK = {0x46dd}; // mov sp, r11
    private static final int[] RESTORE_BASES = {0x4657, 0x46d0}; // mov r7, r10; mov r8, r10
    private static final int[][] RETURNS = {
        {0x4770}, // bx lr
        {0x46f7}, // mov pc, lr
        {0xb500, 0xbd00}, // push {lr}; pop {pc}
        {0xb500, 0xf85d, 0xfb04} // push {lr}; ldr pc, [sp], #4
    };
    private static final Set<String> LEFT_OUT = Set.of("bkpt", "udf", "undefined", "sev", "it");

    /** What can stand alone, anywhere. */
    private static final List<Encoding> PLAIN = Encodings.CORTEX_M4.all().stream()
            .filter(encoding -> !Traits.branches(encoding) && !Traits.storesExclusively(encoding))
            .filter(encoding -> !LEFT_OUT.contains(Traits.mnemonic(encoding)))
            .filter(encoding -> !KnownDifference.FIXED_POINT_ROUNDING.concerns(encoding))
            .toList();

    private static final List<Encoding> EXCLUSIVE_STORES =
            Encodings.CORTEX_M4.all().stream().filter(Traits::storesExclusively).toList();

    private final Random random;
    private final RandomInstructions instructions;

    RandomSequence(Random random) {
        this.random = random;
        instructions = new RandomInstructions(random);
    }

    /** A sequence of {@code count} units and what they hold. */
    List<Unit> of(int count) {
        return body(count, 0, true, true);
    }

    private List<Unit> body(int count, int depth, boolean mayLoop, boolean mayCall) {
        List<Unit> body = new ArrayList<>();
        IntStream.range(0, count).forEach(k -> body.add(unit(depth, mayLoop, mayCall)));
        return body;
    }

    private Unit unit(int depth, boolean mayLoop, boolean mayCall) {
        int kind = random.nextInt(depth < DEEPEST ? 24 : 14);
        int count = 1 + random.nextInt(4);
        return switch (kind) {
            case 10, 11 -> block();
            case 12 -> new Unit.Literal(random.nextInt(FREE), random.nextInt());
            case 13 -> exclusive();
            case 14, 15 -> new Unit.Skip(
                    random.nextInt(15), random.nextBoolean(), body(count, depth + 1, mayLoop, mayCall));
            case 16 -> new Unit.Compare(
                    random.nextInt(FREE), random.nextBoolean(), body(count, depth + 1, mayLoop, mayCall));
            case 17 -> new Unit.BlockWithBranch(
                    random.nextInt(14), inBlock(), random.nextBoolean(), body(count, depth + 1, mayLoop, mayCall));
            case 18 -> new Unit.Jump(
                    random.nextBoolean() ? 0x4728 : 0x46af,
                    body(count, depth + 1, mayLoop, mayCall)); // bx r5; mov pc, r5
            case 19 -> new Unit.Table(
                    random.nextInt(FREE),
                    random.nextBoolean(),
                    IntStream.range(0, 4)
                            .mapToObj(k -> body(1, DEEPEST, mayLoop, mayCall))
                            .toList());
            case 20, 21 -> mayLoop
                    ? new Unit.Loop(1 + random.nextInt(4), body(count, depth + 1, false, mayCall))
                    : plain();
            case 22, 23 -> mayCall
                    ? new Unit.Call(
                            random.nextBoolean(),
                            RETURNS[random.nextInt(RETURNS.length)],
                            body(count, depth + 1, mayLoop, false))
                    : plain();
            default -> plain();
        };
    }

    private Unit plain() {
        Instruction i = instruction();
        CodeWriter code = new CodeWriter(EnginePair.CODE);
        code.put(i);
        code.put(restoring(i));
        return new Unit.Plain(code.halfwords());
    }

    private static int[] restoring(Instruction i) {
        boolean stack = i.encoding.writes("[sp")
                || i.encoding.writes(" sp, #")
                || Traits.mnemonic(i.encoding).matches("v?(push|pop)");
        boolean bases = Traits.accesses(i.encoding) && i.encoding.has('n');
        return stack ? RESTORE_STACK : bases ? RESTORE_BASES : new int[0];
    }

    private Unit.Plain inBlock() {
        Instruction i = instruction();
        while (!mayBeInBlock(i)) {
            i = instruction();
        }
        CodeWriter code = new CodeWriter(EnginePair.CODE);
        code.put(i);
        return new Unit.Plain(code.halfwords());
    }

    /** CPS may not; and a base that is moved by less than a word would not do for the next instruction. */
    private static boolean mayBeInBlock(Instruction i) {
        boolean movesBase = Traits.accesses(i.encoding) && i.writesBack && i.delta % 4 != 0;
        boolean differs = KnownDifference.BARRIER_IN_BLOCK.concerns(i.encoding);
        return !movesBase && !differs && !Traits.mnemonic(i.encoding).equals("cps");
    }

    private Unit block() {
        int length = 1 + random.nextInt(4);
        int mask = 1 << 4 - length | random.nextInt(8) << 5 - length & 0xe;
        List<Unit.Plain> body =
                IntStream.range(0, length).mapToObj(k -> inBlock()).toList();
        return new Unit.Block(
                random.nextInt(14) << 4 | mask, body, new int[] {RESTORE_STACK[0], RESTORE_BASES[0], RESTORE_BASES[1]});
    }

    /** LDREX and STREX of the same place, at times with a CLREX between them. */
    private Unit exclusive() {
        Instruction store = fitting(EXCLUSIVE_STORES.get(random.nextInt(EXCLUSIVE_STORES.size())));
        String size = Traits.mnemonic(store.encoding).substring("strex".length());
        int load =
                switch (size) {
                    case "b" -> 0xe8d0_0f4f;
                    case "h" -> 0xe8d0_0f5f;
                    default -> 0xe850_0f00 | store.code & 0xff;
                };
        CodeWriter code = new CodeWriter(EnginePair.CODE);
        code.put(load >>> 16 | WIDE_BASE, load & 0xffff | random.nextInt(FREE) << 12);
        if (random.nextInt(3) == 0) {
            code.put(0xf3bf, 0x8f2f); // clrex
        }
        code.put(store);
        return new Unit.Plain(code.halfwords());
    }

    private Instruction instruction() {
        Instruction i = fitting(PLAIN.get(random.nextInt(PLAIN.size())));
        while (!isHarmless(i)) {
            i = fitting(PLAIN.get(random.nextInt(PLAIN.size())));
        }
        return i;
    }

    /** Nothing that a sequence must not change: stacks, modes, the registers that are not free. */
    private static boolean isHarmless(Instruction i) {
        boolean special = Traits.mnemonic(i.encoding).equals("msr") && (i.i == 8 || i.i == 9 || i.i == 20);
        return !special && i.d != Core.SP && i.t != Core.SP;
    }

    private Instruction fitting(Encoding encoding) {
        return instructions.of(encoding, EnginePair.CODE, code -> fit(encoding, code));
    }

    private int fit(Encoding encoding, int code) {
        int fitted = code;
        for (char letter : "detua".toCharArray()) {
            fitted = with(encoding, letter, fitted, random.nextInt(FREE));
        }
        if (Traits.accesses(encoding)) {
            boolean narrow = encoding.width('n') == 3;
            fitted = with(encoding, 'n', fitted, narrow ? NARROW_BASE : WIDE_BASE);
            fitted = with(encoding, 'm', fitted, encoding.width('m') == 3 ? NARROW_INDEX : WIDE_INDEX);
        }
        if (encoding.has('l')) {
            int registers = encoding.wide() ? 0xffff : 0xff;
            fitted = encoding.value & ~registers | fitted & ~registers & ~encoding.mask | fitted & FREE_LIST;
        }
        return fitted;
    }

    /** {@code code} with the bits of {@code letter} making {@code value}. */
    private static int with(Encoding encoding, char letter, int code, int value) {
        int changed = code;
        int left = value;
        for (int k = encoding.bits.lastIndexOf(letter); k >= 0; k = encoding.bits.lastIndexOf(letter, k - 1)) {
            int bit = 1 << encoding.bits.length() - 1 - k;
            changed = (left & 1) != 0 ? changed | bit : changed & ~bit;
            left >>= 1;
        }
        return changed;
    }
}
