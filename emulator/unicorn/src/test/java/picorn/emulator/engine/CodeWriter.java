// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.Arrays;
import java.util.StringJoiner;

/** Assembles code from an address on, with branches whose targets come later. */
final class CodeWriter {
    private static final int NOP = 0xbf00;
    private static final int ALWAYS = 14;

    private final int origin;
    private int[] halfwords = new int[64];
    private int length;

    CodeWriter(int origin) {
        this.origin = origin;
    }

    /** Where the next halfword goes. */
    int address() {
        return origin + 2 * length;
    }

    /** Appends halfwords. */
    void put(int... more) {
        for (int halfword : more) {
            if (length == halfwords.length) {
                halfwords = Arrays.copyOf(halfwords, 2 * length);
            }
            halfwords[length++] = halfword;
        }
    }

    /** Appends an instruction of the length that its encoding has. */
    void put(Instruction i) {
        if (i.length == 4) {
            put(i.code >>> 16);
        }
        put(i.code & 0xffff);
    }

    /** Leaves room for a branch; the result names it. */
    int reserve() {
        put(NOP, NOP);
        return length - 2;
    }

    /** Makes the room at {@code place} a branch to here if {@code condition} holds, 16 bits wide if that is wished for and reaches. */
    void branchHere(int place, int condition, boolean narrow) {
        int distance = address() - (origin + 2 * place) - 4;
        if (narrow && condition != ALWAYS && distance < 256) {
            halfwords[place] = 0xd000 | condition << 8 | distance >> 1;
        } else if (narrow && condition == ALWAYS && distance < 2048) {
            halfwords[place] = 0xe000 | distance >> 1;
        } else if (condition == ALWAYS) {
            halfwords[place] = 0xf000 | distance >> 12;
            halfwords[place + 1] = 0xb800 | distance >> 1 & 0x7ff;
        } else {
            halfwords[place] = 0xf000 | condition << 6 | distance >> 12;
            halfwords[place + 1] = 0x8000 | distance >> 1 & 0x7ff;
        }
    }

    /** Makes the room at {@code place} CBZ or CBNZ to here, or a branch on EQ where that does not reach. */
    void compareAndBranchHere(int place, int register, boolean nonZero) {
        int distance = address() - (origin + 2 * place) - 4;
        if (distance < 128) {
            int imm = distance >> 1;
            halfwords[place] = 0xb100 | (nonZero ? 0x800 : 0) | imm >> 5 << 9 | (imm & 31) << 3 | register;
        } else {
            branchHere(place, 0, false);
        }
    }

    /** Replaces a halfword that was put at {@code place}. */
    void set(int place, int halfword) {
        halfwords[place] = halfword;
    }

    /** How many halfwords there are. */
    int length() {
        return length;
    }

    /** What was put. */
    int[] halfwords() {
        return Arrays.copyOf(halfwords, length);
    }

    /** An instruction a line; data among them look like instructions too. */
    String disassembled() {
        StringJoiner text = new StringJoiner(System.lineSeparator());
        for (int k = 0; k < length; k++) {
            int at = origin + 2 * k;
            boolean wide = Encodings.isWide(halfwords[k]) && k + 1 < length;
            int code = wide ? halfwords[k] << 16 | halfwords[++k] : halfwords[k];
            Instruction i = new Instruction(Encodings.CORTEX_M4.of(code, wide), code, at, false);
            text.add((wide ? "%08x: %08x  %s" : "%08x: %04x      %s").formatted(at, code, i));
        }
        return text.toString();
    }
}
