// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/** Exclusive loads and stores (ARMv7-M ARM, A3.4 and A7.7). */
final class Exclusive {
    private Exclusive() {}

    static void encodings(EncodingTable e) {
        e.add("111010000101 nnnn tttt 1111 iiiiiiii", "ldrex<c> <t>, [<n><,#i*4>]", Exclusive::loadWord, Cost.LOAD);
        e.add("111010001101 nnnn tttt 1111 0100 1111", "ldrexb<c> <t>, [<n>]", Exclusive::loadByte, Cost.LOAD);
        e.add("111010001101 nnnn tttt 1111 0101 1111", "ldrexh<c> <t>, [<n>]", Exclusive::loadHalf, Cost.LOAD);
        e.add(
                "111010000100 nnnn tttt dddd iiiiiiii",
                "strex<c> <d>, <t>, [<n><,#i*4>]",
                Exclusive::storeWord,
                Cost.LOAD);
        e.add("111010001100 nnnn tttt 1111 0100 dddd", "strexb<c> <d>, <t>, [<n>]", Exclusive::storeByte, Cost.LOAD);
        e.add("111010001100 nnnn tttt 1111 0101 dddd", "strexh<c> <d>, <t>, [<n>]", Exclusive::storeHalf, Cost.LOAD);
        e.add("1111001110111111 1000111100101111", "clrex<c>", (core, i) -> core.exclusive = false);
    }

    static void loadWord(Core core, Instruction i) {
        int at = address(core, i, 4);
        core.r[i.t] = core.memory.read32(at);
        core.exclusive = true;
    }

    static void loadHalf(Core core, Instruction i) {
        int at = address(core, i, 2);
        core.r[i.t] = core.memory.read16(at);
        core.exclusive = true;
    }

    static void loadByte(Core core, Instruction i) {
        core.r[i.t] = core.memory.read8(core.r[i.n]);
        core.exclusive = true;
    }

    static void storeWord(Core core, Instruction i) {
        int at = address(core, i, 4);
        if (core.exclusive) {
            core.memory.write32(at, core.r[i.t]);
        }
        passed(core, i);
    }

    static void storeHalf(Core core, Instruction i) {
        int at = address(core, i, 2);
        if (core.exclusive) {
            core.memory.write16(at, core.r[i.t]);
        }
        passed(core, i);
    }

    static void storeByte(Core core, Instruction i) {
        if (core.exclusive) {
            core.memory.write8(core.r[i.n], core.r[i.t]);
        }
        passed(core, i);
    }

    private static int address(Core core, Instruction i, int width) {
        int at = core.r[i.n] + i.offset;
        core.memory.requireAligned(at, width);
        return at;
    }

    private static void passed(Core core, Instruction i) {
        core.r[i.d] = core.exclusive ? 0 : 1;
        core.exclusive = false;
    }
}
