// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/** Moves, loads and stores of floating-point registers (ARMv7-M ARM, A4.11.1, A4.11.3, A6.6 and A6.7). */
final class FloatingPointTransfer {
    private static final int APSR = 15;

    private FloatingPointTransfer() {}

    // There are 16 doubles only: bit D, the highest of their number, is 0, or the instruction is UNDEFINED.
    static void encodings(EncodingTable e) {
        // the JVM links each method reference at each start: one for each method, not one for each row
        Meaning pairFromCore = FloatingPointTransfer::pairFromCore;
        Meaning pairToCore = FloatingPointTransfer::pairToCore;
        Meaning load = FloatingPointTransfer::load;
        Meaning loadDouble = FloatingPointTransfer::loadDouble;
        e.add(
                "11101110 1 D 11 iiii DDDD 1010 0000 iiii",
                "vmov<c>.f32 <sD>, #<fconst>",
                FloatingPointTransfer::moveImmediate);
        e.add("11101110 1 D 11 0000 DDDD 1010 01 M 0 MMMM", "vmov<c>.f32 <sD>, <sM>", FloatingPointTransfer::move);
        e.add("11101110 0000 NNNN tttt 1010 N 0010000", "vmov<c> <sN>, <t>", FloatingPointTransfer::fromCore);
        e.add("11101110 0001 NNNN tttt 1010 N 0010000", "vmov<c> <t>, <sN>", FloatingPointTransfer::toCore);
        e.add("11101100 0100 uuuu tttt 1010 00 M 1 MMMM", "vmov<c> <sM>, <sM+1>, <t>, <u>", pairFromCore, Cost.TWO);
        e.add("11101100 0101 uuuu tttt 1010 00 M 1 MMMM", "vmov<c> <t>, <u>, <sM>, <sM+1>", pairToCore, Cost.TWO);
        e.add("11101100 0100 uuuu tttt 1011 00 0 1 MMMM", "vmov<c> <dM>, <t>, <u>", pairFromCore, Cost.TWO);
        e.add("11101100 0101 uuuu tttt 1011 00 0 1 MMMM", "vmov<c> <t>, <u>, <dM>", pairToCore, Cost.TWO);
        e.add(
                "11101110 00 w 0 DDDD tttt 1011 0 0010000",
                "vmov<c>.32 <dD>[<w>], <t>",
                FloatingPointTransfer::halfFromCore);
        e.add(
                "11101110 00 w 1 DDDD tttt 1011 0 0010000",
                "vmov<c>.32 <t>, <dD>[<w>]",
                FloatingPointTransfer::halfToCore);
        e.add("11101110 1111 0001 tttt 1010 0001 0000", "vmrs<c> <tflags>, fpscr", FloatingPointTransfer::readStatus);
        e.add("11101110 1110 0001 tttt 1010 0001 0000", "vmsr<c> fpscr, <t>", FloatingPointTransfer::writeStatus);
        e.add("11101101 v D 01 nnnn DDDD 1010 iiiiiiii", "vldr<c> <sD>, [<n><,#vi*4>]", load, Cost.FLOATING);
        e.add("11101101 v D 01 1111 DDDD 1010 iiiiiiii", "vldr<c> <sD>, [pc<,#vi*4>]", load, Cost.FLOATING);
        e.add(
                "11101101 v D 00 nnnn DDDD 1010 iiiiiiii",
                "vstr<c> <sD>, [<n><,#vi*4>]",
                FloatingPointTransfer::store,
                Cost.FLOATING);
        e.add("11101101 v 0 01 nnnn DDDD 1011 iiiiiiii", "vldr<c> <dD>, [<n><,#vi*4>]", loadDouble, Cost.FLOATING);
        e.add("11101101 v 0 01 1111 DDDD 1011 iiiiiiii", "vldr<c> <dD>, [pc<,#vi*4>]", loadDouble, Cost.FLOATING);
        e.add(
                "11101101 v 0 00 nnnn DDDD 1011 iiiiiiii",
                "vstr<c> <dD>, [<n><,#vi*4>]",
                FloatingPointTransfer::storeDouble,
                Cost.FLOATING);
        multiples(e, "D", "1010", "<slist>");
        multiples(e, "0", "1011", "<dlist>");
    }

    private static void multiples(EncodingTable e, String high, String size, String list) {
        e.add(
                "11101100 1 " + high + " W 1 nnnn DDDD " + size + " iiiiiiii",
                "vldmia<c> <n><W>, {" + list + "}",
                FloatingPointTransfer::loadAfter,
                Cost.FLOATING_MULTIPLE);
        e.add(
                "11101100 1 " + high + " W 0 nnnn DDDD " + size + " iiiiiiii",
                "vstmia<c> <n><W>, {" + list + "}",
                FloatingPointTransfer::storeAfter,
                Cost.FLOATING_MULTIPLE);
        e.add(
                "11101100 1 " + high + " 1 1 1101 DDDD " + size + " iiiiiiii",
                "vpop<c> {" + list + "}<sp!>",
                FloatingPointTransfer::loadAfter,
                Cost.FLOATING_MULTIPLE);
        e.add(
                "11101101 0 " + high + " 1 0 1101 DDDD " + size + " iiiiiiii",
                "vpush<c> {" + list + "}<sp!>",
                FloatingPointTransfer::storeBefore,
                Cost.FLOATING_MULTIPLE);
        e.add(
                "11101101 0 " + high + " 1 1 nnnn DDDD " + size + " iiiiiiii",
                "vldmdb<c> <n>!, {" + list + "}",
                FloatingPointTransfer::loadBefore,
                Cost.FLOATING_MULTIPLE);
        e.add(
                "11101101 0 " + high + " 1 0 nnnn DDDD " + size + " iiiiiiii",
                "vstmdb<c> <n>!, {" + list + "}",
                FloatingPointTransfer::storeBefore,
                Cost.FLOATING_MULTIPLE);
    }

    /** VFPExpandImm: the number that eight bits stand for. */
    static int expand(int imm8) {
        int exponent = (imm8 & 0x40) != 0 ? 0x3e00_0000 : 0x4000_0000;
        return (imm8 & 0x80) << 24 | exponent | (imm8 & 0x3f) << 19;
    }

    static void moveImmediate(Core core, Instruction i) {
        core.requireFloatingPoint();
        core.s[i.d] = expand(i.i);
    }

    static void move(Core core, Instruction i) {
        core.requireFloatingPoint();
        core.s[i.d] = core.s[i.m];
    }

    static void fromCore(Core core, Instruction i) {
        core.requireFloatingPoint();
        core.s[i.n] = core.r[i.t];
    }

    static void toCore(Core core, Instruction i) {
        core.requireFloatingPoint();
        core.r[i.t] = core.s[i.n];
    }

    static void pairFromCore(Core core, Instruction i) {
        core.requireFloatingPoint();
        core.s[i.m] = core.r[i.t];
        core.s[i.m + 1 & 31] = core.r[i.u];
    }

    static void pairToCore(Core core, Instruction i) {
        core.requireFloatingPoint();
        core.r[i.t] = core.s[i.m];
        core.r[i.u] = core.s[i.m + 1 & 31];
    }

    static void halfFromCore(Core core, Instruction i) {
        core.requireFloatingPoint();
        core.s[i.d + i.w] = core.r[i.t];
    }

    static void halfToCore(Core core, Instruction i) {
        core.requireFloatingPoint();
        core.r[i.t] = core.s[i.d + i.w];
    }

    static void readStatus(Core core, Instruction i) {
        core.requireFloatingPoint();
        if (i.t == APSR) {
            core.setNzcv(core.fpscr.get());
        } else {
            core.r[i.t] = core.fpscr.get();
        }
    }

    static void writeStatus(Core core, Instruction i) {
        core.requireFloatingPoint();
        core.fpscr.set(core.r[i.t]);
    }

    private static int address(Core core, Instruction i) {
        core.requireFloatingPoint();
        int at = core.r[i.n] + i.offset;
        core.memory.requireAligned(at, 4);
        return at;
    }

    static void load(Core core, Instruction i) {
        core.s[i.d] = core.memory.read32(address(core, i));
    }

    static void store(Core core, Instruction i) {
        core.memory.write32(address(core, i), core.s[i.d]);
    }

    static void loadDouble(Core core, Instruction i) {
        int at = address(core, i);
        int low = core.memory.read32(at);
        core.s[i.d + 1] = core.memory.read32(at + 4);
        core.s[i.d] = low;
    }

    static void storeDouble(Core core, Instruction i) {
        int at = address(core, i);
        core.memory.write32(at, core.s[i.d]);
        core.memory.write32(at + 4, core.s[i.d + 1]);
    }

    static void loadAfter(Core core, Instruction i) {
        int start = core.r[i.n];
        load(core, i, start);
        if (i.writesBack) {
            core.r[i.n] = start + 4 * i.i;
        }
    }

    static void loadBefore(Core core, Instruction i) {
        int start = core.r[i.n] - 4 * i.i;
        load(core, i, start);
        core.r[i.n] = start;
    }

    static void storeAfter(Core core, Instruction i) {
        int start = core.r[i.n];
        store(core, i, start);
        if (i.writesBack) {
            core.r[i.n] = start + 4 * i.i;
        }
    }

    static void storeBefore(Core core, Instruction i) {
        int start = core.r[i.n] - 4 * i.i;
        store(core, i, start);
        core.r[i.n] = start;
    }

    /** Whether a load or store is one of doubles. */
    static boolean isDouble(Instruction i) {
        return (i.code & 0x100) != 0;
    }

    /** The number of single registers, none beyond S31; doubles come in whole ones. */
    static int count(Instruction i) {
        int wanted = isDouble(i) ? i.i & ~1 : i.i;
        return Math.min(wanted, 32 - i.d);
    }

    private static void load(Core core, Instruction i, int start) {
        core.requireFloatingPoint();
        core.memory.requireAligned(start, 4);
        int count = count(i);
        for (int k = 0; k < count; k++) {
            core.s[i.d + k] = core.memory.read32(start + 4 * k);
        }
    }

    private static void store(Core core, Instruction i, int start) {
        core.requireFloatingPoint();
        core.memory.requireAligned(start, 4);
        int count = count(i);
        for (int k = 0; k < count; k++) {
            core.memory.write32(start + 4 * k, core.s[i.d + k]);
        }
    }
}
