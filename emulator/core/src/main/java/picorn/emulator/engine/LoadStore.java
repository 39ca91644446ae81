// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static picorn.emulator.engine.Cost.LOAD;
import static picorn.emulator.engine.Cost.LOAD_PC;
import static picorn.emulator.engine.Cost.STORE;

/** Loads and stores of a word, halfword or octet (ARMv7-M ARM, A4.6). */
final class LoadStore {
    private LoadStore() {}

    static void encodings(EncodingTable e) {
        // the JVM links each method reference at each start: one for each method, not one for each row
        Meaning loadWord = LoadStore::loadWord;
        Meaning storeWord = LoadStore::storeWord;
        Meaning storeHalf = LoadStore::storeHalf;
        Meaning storeByte = LoadStore::storeByte;
        Meaning loadSignedByte = LoadStore::loadSignedByte;
        Meaning loadHalf = LoadStore::loadHalf;
        Meaning loadByte = LoadStore::loadByte;
        Meaning loadSignedHalf = LoadStore::loadSignedHalf;
        Meaning loadPc = LoadStore::loadPc;
        Meaning preload = LoadStore::preload;
        e.add("01001 ttt iiiiiiii", "ldr<c> <t>, [pc, #<i*4>]", loadWord, LOAD);
        e.add("0101 000 mmm nnn ttt", "str<c> <t>, [<n>, <m>]", storeWord, STORE);
        e.add("0101 001 mmm nnn ttt", "strh<c> <t>, [<n>, <m>]", storeHalf, STORE);
        e.add("0101 010 mmm nnn ttt", "strb<c> <t>, [<n>, <m>]", storeByte, STORE);
        e.add("0101 011 mmm nnn ttt", "ldrsb<c> <t>, [<n>, <m>]", loadSignedByte, LOAD);
        e.add("0101 100 mmm nnn ttt", "ldr<c> <t>, [<n>, <m>]", loadWord, LOAD);
        e.add("0101 101 mmm nnn ttt", "ldrh<c> <t>, [<n>, <m>]", loadHalf, LOAD);
        e.add("0101 110 mmm nnn ttt", "ldrb<c> <t>, [<n>, <m>]", loadByte, LOAD);
        e.add("0101 111 mmm nnn ttt", "ldrsh<c> <t>, [<n>, <m>]", loadSignedHalf, LOAD);
        e.add("01100 iiiii nnn ttt", "str<c> <t>, [<n>, #<i*4>]", storeWord, STORE);
        e.add("01101 iiiii nnn ttt", "ldr<c> <t>, [<n>, #<i*4>]", loadWord, LOAD);
        e.add("01110 iiiii nnn ttt", "strb<c> <t>, [<n>, #<i>]", storeByte, STORE);
        e.add("01111 iiiii nnn ttt", "ldrb<c> <t>, [<n>, #<i>]", loadByte, LOAD);
        e.add("10000 iiiii nnn ttt", "strh<c> <t>, [<n>, #<i*2>]", storeHalf, STORE);
        e.add("10001 iiiii nnn ttt", "ldrh<c> <t>, [<n>, #<i*2>]", loadHalf, LOAD);
        e.add("10010 ttt iiiiiiii", "str<c> <t>, [sp, #<i*4>]", storeWord, STORE);
        e.add("10011 ttt iiiiiiii", "ldr<c> <t>, [sp, #<i*4>]", loadWord, LOAD);
        e.add("1111100 0 1 00 0 nnnn tttt iiiiiiiiiiii", "strb<c>.w <t>, [<n><,#i>]", storeByte, STORE);
        e.add("1111100 0 0 00 0 nnnn tttt 0000 00 ii mmmm", "strb<c>.w <t>, [<n>, <m><,lsl>]", storeByte, STORE);
        e.add("1111100 0 0 00 0 nnnn tttt 1100 iiiiiiii", "strb<c>.w <t>, [<n><,#-i>]", storeByte, STORE);
        e.add("1111100 0 0 00 0 nnnn tttt 11v1 iiiiiiii", "strb<c>.w <t>, [<n><,#vi>]!", storeByte, STORE);
        e.add("1111100 0 0 00 0 nnnn tttt 10v1 iiiiiiii", "strb<c>.w <t>, [<n>], #<vi>", storeByte, STORE);
        e.add(
                "1111100 0 0 00 0 nnnn tttt 1110 iiiiiiii",
                "strbt<c> <t>, [<n><,#i>]",
                LoadStore::storeByteAsUser,
                STORE);
        e.add("1111100 0 1 01 0 nnnn tttt iiiiiiiiiiii", "strh<c>.w <t>, [<n><,#i>]", storeHalf, STORE);
        e.add("1111100 0 0 01 0 nnnn tttt 0000 00 ii mmmm", "strh<c>.w <t>, [<n>, <m><,lsl>]", storeHalf, STORE);
        e.add("1111100 0 0 01 0 nnnn tttt 1100 iiiiiiii", "strh<c>.w <t>, [<n><,#-i>]", storeHalf, STORE);
        e.add("1111100 0 0 01 0 nnnn tttt 11v1 iiiiiiii", "strh<c>.w <t>, [<n><,#vi>]!", storeHalf, STORE);
        e.add("1111100 0 0 01 0 nnnn tttt 10v1 iiiiiiii", "strh<c>.w <t>, [<n>], #<vi>", storeHalf, STORE);
        e.add(
                "1111100 0 0 01 0 nnnn tttt 1110 iiiiiiii",
                "strht<c> <t>, [<n><,#i>]",
                LoadStore::storeHalfAsUser,
                STORE);
        e.add("1111100 0 1 10 0 nnnn tttt iiiiiiiiiiii", "str<c>.w <t>, [<n><,#i>]", storeWord, STORE);
        e.add("1111100 0 0 10 0 nnnn tttt 0000 00 ii mmmm", "str<c>.w <t>, [<n>, <m><,lsl>]", storeWord, STORE);
        e.add("1111100 0 0 10 0 nnnn tttt 1100 iiiiiiii", "str<c>.w <t>, [<n><,#-i>]", storeWord, STORE);
        e.add("1111100 0 0 10 0 nnnn tttt 11v1 iiiiiiii", "str<c>.w <t>, [<n><,#vi>]!", storeWord, STORE);
        e.add("1111100 0 0 10 0 nnnn tttt 10v1 iiiiiiii", "str<c>.w <t>, [<n>], #<vi>", storeWord, STORE);
        e.add("1111100 0 0 10 0 nnnn tttt 1110 iiiiiiii", "strt<c> <t>, [<n><,#i>]", LoadStore::storeWordAsUser, STORE);
        e.add("1111100 0 1 00 1 nnnn tttt iiiiiiiiiiii", "ldrb<c>.w <t>, [<n><,#i>]", loadByte, LOAD);
        e.add("1111100 0 0 00 1 nnnn tttt 0000 00 ii mmmm", "ldrb<c>.w <t>, [<n>, <m><,lsl>]", loadByte, LOAD);
        e.add("1111100 0 0 00 1 nnnn tttt 1100 iiiiiiii", "ldrb<c>.w <t>, [<n><,#-i>]", loadByte, LOAD);
        e.add("1111100 0 0 00 1 nnnn tttt 11v1 iiiiiiii", "ldrb<c>.w <t>, [<n><,#vi>]!", loadByte, LOAD);
        e.add("1111100 0 0 00 1 nnnn tttt 10v1 iiiiiiii", "ldrb<c>.w <t>, [<n>], #<vi>", loadByte, LOAD);
        e.add("1111100 0 0 00 1 nnnn tttt 1110 iiiiiiii", "ldrbt<c> <t>, [<n><,#i>]", LoadStore::loadByteAsUser, LOAD);
        e.prefer("1111100 0 v 00 1 1111 tttt iiiiiiiiiiii", "ldrb<c>.w <t>, [pc<,#vi>]", loadByte, LOAD);
        e.add("1111100 0 1 01 1 nnnn tttt iiiiiiiiiiii", "ldrh<c>.w <t>, [<n><,#i>]", loadHalf, LOAD);
        e.add("1111100 0 0 01 1 nnnn tttt 0000 00 ii mmmm", "ldrh<c>.w <t>, [<n>, <m><,lsl>]", loadHalf, LOAD);
        e.add("1111100 0 0 01 1 nnnn tttt 1100 iiiiiiii", "ldrh<c>.w <t>, [<n><,#-i>]", loadHalf, LOAD);
        e.add("1111100 0 0 01 1 nnnn tttt 11v1 iiiiiiii", "ldrh<c>.w <t>, [<n><,#vi>]!", loadHalf, LOAD);
        e.add("1111100 0 0 01 1 nnnn tttt 10v1 iiiiiiii", "ldrh<c>.w <t>, [<n>], #<vi>", loadHalf, LOAD);
        e.add("1111100 0 0 01 1 nnnn tttt 1110 iiiiiiii", "ldrht<c> <t>, [<n><,#i>]", LoadStore::loadHalfAsUser, LOAD);
        e.prefer("1111100 0 v 01 1 1111 tttt iiiiiiiiiiii", "ldrh<c>.w <t>, [pc<,#vi>]", loadHalf, LOAD);
        e.add("1111100 0 1 10 1 nnnn tttt iiiiiiiiiiii", "ldr<c>.w <t>, [<n><,#i>]", loadWord, LOAD);
        e.add("1111100 0 0 10 1 nnnn tttt 0000 00 ii mmmm", "ldr<c>.w <t>, [<n>, <m><,lsl>]", loadWord, LOAD);
        e.add("1111100 0 0 10 1 nnnn tttt 1100 iiiiiiii", "ldr<c>.w <t>, [<n><,#-i>]", loadWord, LOAD);
        e.add("1111100 0 0 10 1 nnnn tttt 11v1 iiiiiiii", "ldr<c>.w <t>, [<n><,#vi>]!", loadWord, LOAD);
        e.add("1111100 0 0 10 1 nnnn tttt 10v1 iiiiiiii", "ldr<c>.w <t>, [<n>], #<vi>", loadWord, LOAD);
        e.add("1111100 0 0 10 1 nnnn tttt 1110 iiiiiiii", "ldrt<c> <t>, [<n><,#i>]", LoadStore::loadWordAsUser, LOAD);
        e.prefer("1111100 0 v 10 1 1111 tttt iiiiiiiiiiii", "ldr<c>.w <t>, [pc<,#vi>]", loadWord, LOAD);
        e.add("1111100 1 1 00 1 nnnn tttt iiiiiiiiiiii", "ldrsb<c>.w <t>, [<n><,#i>]", loadSignedByte, LOAD);
        e.add("1111100 1 0 00 1 nnnn tttt 0000 00 ii mmmm", "ldrsb<c>.w <t>, [<n>, <m><,lsl>]", loadSignedByte, LOAD);
        e.add("1111100 1 0 00 1 nnnn tttt 1100 iiiiiiii", "ldrsb<c>.w <t>, [<n><,#-i>]", loadSignedByte, LOAD);
        e.add("1111100 1 0 00 1 nnnn tttt 11v1 iiiiiiii", "ldrsb<c>.w <t>, [<n><,#vi>]!", loadSignedByte, LOAD);
        e.add("1111100 1 0 00 1 nnnn tttt 10v1 iiiiiiii", "ldrsb<c>.w <t>, [<n>], #<vi>", loadSignedByte, LOAD);
        e.add(
                "1111100 1 0 00 1 nnnn tttt 1110 iiiiiiii",
                "ldrsbt<c> <t>, [<n><,#i>]",
                LoadStore::loadSignedByteAsUser,
                LOAD);
        e.prefer("1111100 1 v 00 1 1111 tttt iiiiiiiiiiii", "ldrsb<c>.w <t>, [pc<,#vi>]", loadSignedByte, LOAD);
        e.add("1111100 1 1 01 1 nnnn tttt iiiiiiiiiiii", "ldrsh<c>.w <t>, [<n><,#i>]", loadSignedHalf, LOAD);
        e.add("1111100 1 0 01 1 nnnn tttt 0000 00 ii mmmm", "ldrsh<c>.w <t>, [<n>, <m><,lsl>]", loadSignedHalf, LOAD);
        e.add("1111100 1 0 01 1 nnnn tttt 1100 iiiiiiii", "ldrsh<c>.w <t>, [<n><,#-i>]", loadSignedHalf, LOAD);
        e.add("1111100 1 0 01 1 nnnn tttt 11v1 iiiiiiii", "ldrsh<c>.w <t>, [<n><,#vi>]!", loadSignedHalf, LOAD);
        e.add("1111100 1 0 01 1 nnnn tttt 10v1 iiiiiiii", "ldrsh<c>.w <t>, [<n>], #<vi>", loadSignedHalf, LOAD);
        e.add(
                "1111100 1 0 01 1 nnnn tttt 1110 iiiiiiii",
                "ldrsht<c> <t>, [<n><,#i>]",
                LoadStore::loadSignedHalfAsUser,
                LOAD);
        e.prefer("1111100 1 v 01 1 1111 tttt iiiiiiiiiiii", "ldrsh<c>.w <t>, [pc<,#vi>]", loadSignedHalf, LOAD);
        e.add("1111100 0 1 10 1 nnnn 1111 iiiiiiiiiiii", "ldr<c>.w pc, [<n><,#i>]", loadPc, LOAD_PC);
        e.add("1111100 0 0 10 1 nnnn 1111 0000 00 ii mmmm", "ldr<c>.w pc, [<n>, <m><,lsl>]", loadPc, LOAD_PC);
        e.add("1111100 0 0 10 1 nnnn 1111 1100 iiiiiiii", "ldr<c>.w pc, [<n><,#-i>]", loadPc, LOAD_PC);
        e.add("1111100 0 0 10 1 nnnn 1111 11v1 iiiiiiii", "ldr<c>.w pc, [<n><,#vi>]!", loadPc, LOAD_PC);
        e.add("1111100 0 0 10 1 nnnn 1111 10v1 iiiiiiii", "ldr<c>.w pc, [<n>], #<vi>", loadPc, LOAD_PC);
        e.prefer("1111100 0 v 10 1 1111 1111 iiiiiiiiiiii", "ldr<c>.w pc, [pc<,#vi>]", loadPc, LOAD_PC);
        e.add("1111100 0 1 00 1 nnnn 1111 iiiiiiiiiiii", "pld<c> [<n><,#i>]", preload);
        e.add("1111100 0 0 00 1 nnnn 1111 0000 00 ii mmmm", "pld<c> [<n>, <m><,lsl>]", preload);
        e.add("1111100 0 0 00 1 nnnn 1111 1100 iiiiiiii", "pld<c> [<n><,#-i>]", preload);
        e.prefer("1111100 0 v 00 1 1111 1111 iiiiiiiiiiii", "pld<c> [pc<,#vi>]", preload);
        e.add("1111100 0 1 01 1 nnnn 1111 iiiiiiiiiiii", "pldw<c> [<n><,#i>]", preload);
        e.add("1111100 0 0 01 1 nnnn 1111 0000 00 ii mmmm", "pldw<c> [<n>, <m><,lsl>]", preload);
        e.add("1111100 0 0 01 1 nnnn 1111 1100 iiiiiiii", "pldw<c> [<n><,#-i>]", preload);
        e.prefer("1111100 0 v 01 1 1111 1111 iiiiiiiiiiii", "pldw<c> [pc<,#vi>]", preload);
        e.add("1111100 1 1 00 1 nnnn 1111 iiiiiiiiiiii", "pli<c> [<n><,#i>]", preload);
        e.add("1111100 1 0 00 1 nnnn 1111 0000 00 ii mmmm", "pli<c> [<n>, <m><,lsl>]", preload);
        e.add("1111100 1 0 00 1 nnnn 1111 1100 iiiiiiii", "pli<c> [<n><,#-i>]", preload);
        e.prefer("1111100 1 v 00 1 1111 1111 iiiiiiiiiiii", "pli<c> [pc<,#vi>]", preload);
        e.add("1111100 1 1 01 1 nnnn 1111 iiiiiiiiiiii", "ldrsh<c>.w pc, [<n><,#i>]", preload);
        e.add("1111100 1 0 01 1 nnnn 1111 0000 00 ii mmmm", "ldrsh<c>.w pc, [<n>, <m><,lsl>]", preload);
        e.add("1111100 1 0 01 1 nnnn 1111 1100 iiiiiiii", "ldrsh<c>.w pc, [<n><,#-i>]", preload);
        e.prefer("1111100 1 v 01 1 1111 1111 iiiiiiiiiiii", "ldrsh<c>.w pc, [pc<,#vi>]", preload);
        e.prefer("11111000 x xx 0 1111 xxxxxxxxxxxxxxxx", Encoding.UNDEFINED, Branch::undefined);
    }

    private static int address(Core core, Instruction i) {
        return core.r[i.n] + (core.r[i.m] << i.shiftAmount) + i.offset;
    }

    private static void writeBack(Core core, Instruction i) {
        if (i.writesBack) {
            core.r[i.n] += i.delta;
        }
    }

    private static void asUser(Core core, Instruction i, Meaning access) {
        core.memory.asUser();
        try {
            access.execute(core, i);
        } finally {
            core.memory.asItself();
        }
    }

    static void loadPc(Core core, Instruction i) {
        int value = core.memory.read32(address(core, i));
        writeBack(core, i);
        core.branchOrReturn(value);
    }

    /** PLD, PLI and the memory hints that are not allocated: the Cortex-M4 does nothing. */
    static void preload(Core core, Instruction i) {
        // no operation
    }

    static void loadWord(Core core, Instruction i) {
        int at = address(core, i);
        int value = core.memory.read32(at);
        writeBack(core, i);
        core.r[i.t] = value;
    }

    static void loadWordAsUser(Core core, Instruction i) {
        asUser(core, i, LoadStore::loadWord);
    }

    static void loadHalf(Core core, Instruction i) {
        int at = address(core, i);
        int value = core.memory.read16(at);
        writeBack(core, i);
        core.r[i.t] = value;
    }

    static void loadHalfAsUser(Core core, Instruction i) {
        asUser(core, i, LoadStore::loadHalf);
    }

    static void loadByte(Core core, Instruction i) {
        int at = address(core, i);
        int value = core.memory.read8(at);
        writeBack(core, i);
        core.r[i.t] = value;
    }

    static void loadByteAsUser(Core core, Instruction i) {
        asUser(core, i, LoadStore::loadByte);
    }

    static void loadSignedHalf(Core core, Instruction i) {
        int at = address(core, i);
        int value = (short) core.memory.read16(at);
        writeBack(core, i);
        core.r[i.t] = value;
    }

    static void loadSignedHalfAsUser(Core core, Instruction i) {
        asUser(core, i, LoadStore::loadSignedHalf);
    }

    static void loadSignedByte(Core core, Instruction i) {
        int at = address(core, i);
        int value = (byte) core.memory.read8(at);
        writeBack(core, i);
        core.r[i.t] = value;
    }

    static void loadSignedByteAsUser(Core core, Instruction i) {
        asUser(core, i, LoadStore::loadSignedByte);
    }

    static void storeWord(Core core, Instruction i) {
        core.memory.write32(address(core, i), core.r[i.t]);
        writeBack(core, i);
    }

    static void storeWordAsUser(Core core, Instruction i) {
        asUser(core, i, LoadStore::storeWord);
    }

    static void storeHalf(Core core, Instruction i) {
        core.memory.write16(address(core, i), core.r[i.t]);
        writeBack(core, i);
    }

    static void storeHalfAsUser(Core core, Instruction i) {
        asUser(core, i, LoadStore::storeHalf);
    }

    static void storeByte(Core core, Instruction i) {
        core.memory.write8(address(core, i), core.r[i.t]);
        writeBack(core, i);
    }

    static void storeByteAsUser(Core core, Instruction i) {
        asUser(core, i, LoadStore::storeByte);
    }
}
