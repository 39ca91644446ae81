// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static picorn.emulator.engine.Cost.DOUBLE;
import static picorn.emulator.engine.Cost.MULTIPLE;

/** Loads and stores of several registers (ARMv7-M ARM, A4.7), and of two. They are abandoned at a fault: Rn is then as before. */
final class LoadStoreMultiple {
    private LoadStoreMultiple() {}

    static void encodings(EncodingTable e) {
        // the JVM links each method reference at each start: one for each method, not one for each row
        Meaning storeDual = LoadStoreMultiple::storeDual;
        Meaning loadDual = LoadStoreMultiple::loadDual;
        e.add("1011010 l llllllll", "push<c> {<list+lr>}", LoadStoreMultiple::push, MULTIPLE);
        e.add("1011110 l llllllll", "pop<c> {<list+pc>}", LoadStoreMultiple::pop, MULTIPLE);
        e.add("11000 nnn llllllll", "stmia<c> <n>!, {<list>}", LoadStoreMultiple::storeAfter16, MULTIPLE);
        e.add("11001 nnn llllllll", "ldmia<c> <n><!>, {<list>}", LoadStoreMultiple::loadAfter16, MULTIPLE);
        e.add(
                "1110100010 W 0 nnnn 0 l 0 lllllllllllll",
                "stmia<c>.w <n><W>, {<list>}",
                LoadStoreMultiple::storeAfter,
                MULTIPLE);
        e.add(
                "1110100010 W 1 nnnn l l 0 lllllllllllll",
                "ldmia<c>.w <n><W>, {<list>}",
                LoadStoreMultiple::loadAfter,
                MULTIPLE);
        e.add(
                "1110100100 W 0 nnnn 0 l 0 lllllllllllll",
                "stmdb<c> <n><W>, {<list>}",
                LoadStoreMultiple::storeBefore,
                MULTIPLE);
        e.add(
                "1110100100 W 1 nnnn l l 0 lllllllllllll",
                "ldmdb<c> <n><W>, {<list>}",
                LoadStoreMultiple::loadBefore,
                MULTIPLE);
        e.add("11101001 v1 00 nnnn tttt uuuu iiiiiiii", "strd<c> <t>, <u>, [<n><,#vi*4>]", storeDual, DOUBLE);
        e.add("11101001 v1 10 nnnn tttt uuuu iiiiiiii", "strd<c> <t>, <u>, [<n>, #<vi*4>]!", storeDual, DOUBLE);
        e.add("11101000 v1 10 nnnn tttt uuuu iiiiiiii", "strd<c> <t>, <u>, [<n>], #<vi*4>", storeDual, DOUBLE);
        e.add("11101001 v1 01 nnnn tttt uuuu iiiiiiii", "ldrd<c> <t>, <u>, [<n><,#vi*4>]", loadDual, DOUBLE);
        e.add("11101001 v1 11 nnnn tttt uuuu iiiiiiii", "ldrd<c> <t>, <u>, [<n>, #<vi*4>]!", loadDual, DOUBLE);
        e.add("11101000 v1 11 nnnn tttt uuuu iiiiiiii", "ldrd<c> <t>, <u>, [<n>], #<vi*4>", loadDual, DOUBLE);
        e.add("11101001 v1 01 1111 tttt uuuu iiiiiiii", "ldrd<c> <t>, <u>, [pc<,#vi*4>]", loadDual, DOUBLE);
    }

    static void push(Core core, Instruction i) {
        int start = core.r[Core.SP] - 4 * Integer.bitCount(i.list);
        store(core, i.list, start);
        core.r[Core.SP] = start;
    }

    static void pop(Core core, Instruction i) {
        int start = core.r[Core.SP];
        load(core, i.list, start, Core.SP, start + 4 * Integer.bitCount(i.list));
    }

    static void storeAfter16(Core core, Instruction i) {
        int start = core.r[i.n];
        store(core, i.list, start);
        core.r[i.n] = start + 4 * Integer.bitCount(i.list);
    }

    static void loadAfter16(Core core, Instruction i) {
        int start = core.r[i.n];
        load(core, i.list, start, i.n, start + 4 * Integer.bitCount(i.list));
    }

    static void storeAfter(Core core, Instruction i) {
        int start = core.r[i.n];
        store(core, i.list, start);
        core.r[i.n] = i.writesBack ? start + 4 * Integer.bitCount(i.list) : start;
    }

    static void loadAfter(Core core, Instruction i) {
        int start = core.r[i.n];
        load(core, i.list, start, i.n, i.writesBack ? start + 4 * Integer.bitCount(i.list) : start);
    }

    static void storeBefore(Core core, Instruction i) {
        int start = core.r[i.n] - 4 * Integer.bitCount(i.list);
        store(core, i.list, start);
        if (i.writesBack) {
            core.r[i.n] = start;
        }
    }

    static void loadBefore(Core core, Instruction i) {
        int start = core.r[i.n] - 4 * Integer.bitCount(i.list);
        load(core, i.list, start, i.n, i.writesBack ? start : core.r[i.n]);
    }

    private static void store(Core core, int list, int start) {
        core.memory.requireAligned(start, 4);
        int at = start;
        for (int left = list; left != 0; left &= left - 1) {
            core.memory.write32(at, core.r[Integer.numberOfTrailingZeros(left)]);
            at += 4;
        }
    }

    /** Loads the registers of {@code list}; Rn, unless it is in the list, gets {@code after}; it keeps its value if a load faults. */
    private static void load(Core core, int list, int start, int n, int after) {
        core.memory.requireAligned(start, 4);
        int at = start;
        int base = after;
        for (int left = list & 0x7fff; left != 0; left &= left - 1) {
            int register = Integer.numberOfTrailingZeros(left);
            int value = core.memory.read32(at);
            if (register == n) {
                base = value;
            } else {
                core.r[register] = value;
            }
            at += 4;
        }
        if ((list & 1 << Core.PC) != 0) {
            core.branchOrReturn(core.memory.read32(at));
        }
        core.r[n] = base;
    }

    static void storeDual(Core core, Instruction i) {
        int at = core.r[i.n] + i.offset;
        core.memory.requireAligned(at, 4);
        core.memory.writeWords(at, core.r[i.t], core.r[i.u]);
        if (i.writesBack) {
            core.r[i.n] += i.delta;
        }
    }

    static void loadDual(Core core, Instruction i) {
        int at = core.r[i.n] + i.offset;
        core.memory.requireAligned(at, 4);
        long words = core.memory.readWords(at);
        if (i.writesBack) {
            core.r[i.n] += i.delta;
        }
        core.r[i.t] = (int) words;
        core.r[i.u] = (int) (words >>> 32);
    }
}
