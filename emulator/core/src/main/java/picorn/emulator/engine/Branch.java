// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.Stop.Fault;
import picorn.emulator.cpu.Stop.Reason;

/** Branches, IT, and the instructions that end in an exception (ARMv7-M ARM, A4.3 and A5.2.6). */
final class Branch {
    private Branch() {}

    static void encodings(EncodingTable e) {
        // the JVM links each method reference at each start: one for each method, not one for each row
        Meaning conditional = Branch::conditional;
        Meaning always = Branch::always;
        Meaning undefined = Branch::undefined;
        e.add("1101 cccc iiiiiiii", "b<c>.n <label>", conditional, Cost.BRANCH);
        e.add("11100 iiiiiiiiiii", "b<c>.n <label>", always, Cost.BRANCH);
        e.add("11110 v cccc iiiiii 10 j 0 j iiiiiiiiiii", "b<c>.w <label>", conditional, Cost.BRANCH);
        e.add("11110 v iiiiiiiiii 10 j 1 j iiiiiiiiiii", "b<c>.w <label>", always, Cost.BRANCH);
        e.add("11110 v iiiiiiiiii 11 j 1 j iiiiiiiiiii", "bl<c> <label>", Branch::link, Cost.BRANCH);
        e.add("010001110 mmmm 000", "bx<c> <m>", Branch::exchange, Cost.JUMP);
        e.add("010001111 mmmm 000", "blx<c> <m>", Branch::linkAndExchange, Cost.JUMP);
        e.add("1011 0 0 i 1 iiiii nnn", "cbz <n>, <label>", Branch::ifZero, Cost.BRANCH);
        e.add("1011 1 0 i 1 iiiii nnn", "cbnz <n>, <label>", Branch::ifNotZero, Cost.BRANCH);
        e.add("111010001101 nnnn 11110000 0000 mmmm", "tbb<c> [<n>, <m>]", Branch::tableOfBytes, Cost.TABLE);
        e.add("111010001101 nnnn 11110000 0001 mmmm", "tbh<c> [<n>, <m>, lsl #1]", Branch::tableOfHalves, Cost.TABLE);
        e.add("10111111 iiiiiiii", "it<it>", (core, i) -> core.it = i.i);
        e.add("11011111 iiiiiiii", "svc<c> <i>", (core, i) -> core.stopAfter(Reason.SVC, i.i));
        e.add("10111110 iiiiiiii", "bkpt 0x<hex>", Branch::breakpoint);
        e.add("11011110 iiiiiiii", "udf<c> #<i>", undefined);
        e.add("111101111111 jjjj 1010 iiiiiiiiiiii", "udf<c>.w #<imm16>", undefined);
        e.add("11110 x 111 xxxxxxx 10 x 0 xxxxxxxxxxxx", Encoding.UNDEFINED, undefined);
    }

    static void conditional(Core core, Instruction i) {
        if (core.holds(i.condition)) {
            core.next = i.i;
        }
    }

    static void always(Core core, Instruction i) {
        core.next = i.i;
    }

    static void link(Core core, Instruction i) {
        core.r[Core.LR] = core.next | 1;
        core.next = i.i;
    }

    static void exchange(Core core, Instruction i) {
        core.branchOrReturn(core.r[i.m]);
    }

    static void linkAndExchange(Core core, Instruction i) {
        int target = core.r[i.m];
        core.r[Core.LR] = core.next | 1;
        core.interwork(target);
    }

    static void ifZero(Core core, Instruction i) {
        if (core.r[i.n] == 0) {
            core.next = i.i;
        }
    }

    static void ifNotZero(Core core, Instruction i) {
        if (core.r[i.n] != 0) {
            core.next = i.i;
        }
    }

    static void tableOfBytes(Core core, Instruction i) {
        core.next = core.r[Core.PC] + 2 * core.memory.read8(core.r[i.n] + core.r[i.m]);
    }

    static void tableOfHalves(Core core, Instruction i) {
        core.next = core.r[Core.PC] + 2 * core.memory.read16(core.r[i.n] + 2 * core.r[i.m]);
    }

    static void breakpoint(Core core, Instruction i) {
        throw core.stopAt(Reason.BKPT, i.i);
    }

    static void undefined(Core core, Instruction i) {
        throw core.fault(Fault.UNDEFINED_INSTRUCTION, i.address);
    }
}
