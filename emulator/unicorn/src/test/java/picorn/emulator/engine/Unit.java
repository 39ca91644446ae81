// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.List;

/** A piece of a random sequence that may be left out without making the rest senseless: what failing sequences are shrunk by. */
sealed interface Unit {
    /** Appends its code. */
    void write(CodeWriter code);

    /** The pieces in it. */
    default List<List<Unit>> bodies() {
        return List.of();
    }

    private static void write(List<Unit> body, CodeWriter code) {
        body.forEach(unit -> unit.write(code));
    }

    /** Code that may stand anywhere: one instruction, and what restores the registers that others rely on. */
    record Plain(int... halfwords) implements Unit {
        @Override
        public void write(CodeWriter code) {
            code.put(halfwords);
        }
    }

    /** An IT block; {@code it} fits the number of instructions. What restores registers comes after. */
    record Block(int it, List<Plain> instructions, int[] after) implements Unit {
        @Override
        public void write(CodeWriter code) {
            code.put(0xbf00 | it);
            instructions.forEach(instruction -> instruction.write(code));
            code.put(after);
        }
    }

    /** An IT block of one instruction before a branch that ends it: "ITT condition; instruction; B". */
    record BlockWithBranch(int condition, Plain first, boolean narrow, List<Unit> body) implements Unit {
        @Override
        public void write(CodeWriter code) {
            code.put(0xbf00 | condition << 4 | ((condition & 1) == 0 ? 4 : 0xc));
            first.write(code);
            int branch = code.reserve();
            Unit.write(body, code);
            code.branchHere(branch, 14, narrow);
        }

        @Override
        public List<List<Unit>> bodies() {
            return List.of(body);
        }
    }

    /** A branch over {@code body}; condition 14 is always. */
    record Skip(int condition, boolean narrow, List<Unit> body) implements Unit {
        @Override
        public void write(CodeWriter code) {
            int branch = code.reserve();
            Unit.write(body, code);
            code.branchHere(branch, condition, narrow);
        }

        @Override
        public List<List<Unit>> bodies() {
            return List.of(body);
        }
    }

    /** CBZ or CBNZ over {@code body}. */
    record Compare(int register, boolean nonZero, List<Unit> body) implements Unit {
        @Override
        public void write(CodeWriter code) {
            int branch = code.reserve();
            Unit.write(body, code);
            code.compareAndBranchHere(branch, register, nonZero);
        }

        @Override
        public List<List<Unit>> bodies() {
            return List.of(body);
        }
    }

    /** {@code body}, {@code count} times: R12 counts. */
    record Loop(int count, List<Unit> body) implements Unit {
        @Override
        public void write(CodeWriter code) {
            code.put(0xf04f, 0x0c00 | count); // mov.w r12, #count
            int top = code.address();
            Unit.write(body, code);
            code.put(0xf1bc, 0x0c01); // subs.w r12, r12, #1
            int distance = top - code.address() - 4;
            code.put(0xf440 | distance >> 12 & 0x3f, 0xa800 | distance >> 1 & 0x7ff); // bne.w top
        }

        @Override
        public List<List<Unit>> bodies() {
            return List.of(body);
        }
    }

    /** A subroutine and its call; it returns by {@code back}. */
    record Call(boolean byRegister, int[] back, List<Unit> body) implements Unit {
        @Override
        public void write(CodeWriter code) {
            int over = code.reserve();
            int subroutine = code.address();
            Unit.write(body, code);
            code.put(back);
            code.branchHere(over, 14, false);
            if (byRegister) {
                moveAddress(code, subroutine);
                code.put(0x47a8); // blx r5
            } else {
                int distance = subroutine - code.address() - 4;
                code.put(0xf400 | distance >> 12 & 0x3ff, 0xf800 | distance >> 1 & 0x7ff); // bl
            }
        }

        @Override
        public List<List<Unit>> bodies() {
            return List.of(body);
        }
    }

    /** BX or MOV PC over {@code body}, by way of R5. */
    record Jump(int branch, List<Unit> body) implements Unit {
        @Override
        public void write(CodeWriter code) {
            int place = code.length();
            moveAddress(code, 0);
            code.put(branch);
            Unit.write(body, code);
            CodeWriter target = new CodeWriter(0);
            moveAddress(target, code.address());
            int[] halfwords = target.halfwords();
            for (int k = 0; k < halfwords.length; k++) {
                code.set(place + k, halfwords[k]);
            }
        }

        @Override
        public List<List<Unit>> bodies() {
            return List.of(body);
        }
    }

    /** TBB or TBH with one of four bodies, by the two lowest bits of {@code register}. */
    record Table(int register, boolean halfwords, List<List<Unit>> bodies) implements Unit {
        @Override
        public void write(CodeWriter code) {
            code.put(0xf000 | register, 0x0503); // and r5, register, #3
            code.put(0xe8df, halfwords ? 0xf015 : 0xf005); // tbb [pc, r5]
            int table = code.length();
            code.put(halfwords ? new int[4] : new int[2]);
            int[] exits = new int[bodies.size()];
            int[] entries = new int[bodies.size()];
            for (int k = 0; k < exits.length; k++) {
                entries[k] = code.length() - table;
                Unit.write(bodies.get(k), code);
                exits[k] = code.reserve();
            }
            for (int k = 0; k < exits.length; k++) {
                code.branchHere(exits[k], 14, k % 2 == 0);
                if (halfwords) {
                    code.set(table + k, entries[k]);
                } else if (k % 2 != 0) {
                    code.set(table + k / 2, (entries[k] & 0xff) << 8 | entries[k - 1] & 0xff);
                }
            }
        }
    }

    /** LDR (literal) of {@code value} over its pool. */
    record Literal(int register, int value) implements Unit {
        @Override
        public void write(CodeWriter code) {
            boolean aligned = (code.address() & 2) == 0;
            code.put(0x4800 | register << 8 | (aligned ? 0 : 1)); // ldr register, [pc, #]
            code.put(aligned ? 0xe001 : 0xe002); // b over the word, and over what aligns it
            if (!aligned) {
                code.put(0xbf00);
            }
            code.put(value & 0xffff, value >>> 16);
        }
    }

    /** MOVW and MOVT of an address with the T bit to R5. */
    private static void moveAddress(CodeWriter code, int address) {
        int value = address | 1;
        code.put(movwImmediate(0xf240, value), movwRest(value));
        code.put(movwImmediate(0xf2c0, value >>> 16), movwRest(value >>> 16));
    }

    private static int movwImmediate(int operation, int value) {
        return operation | value >> 12 & 15 | (value >> 11 & 1) << 10;
    }

    private static int movwRest(int value) {
        return 5 << 8 | (value >> 8 & 7) << 12 | value & 0xff;
    }
}
