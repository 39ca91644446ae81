// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/**
 * How many cycles an encoding takes on a Cortex-M4 whose memories do not make it wait (Cortex-M4 TRM, 3.3 and table 7-1): the tables' column
 * "Cycles". Where they leave a choice, docs/timing.md says what is chosen.
 */
enum Cost {
    /** 1. */
    ONE(1),
    /** 2, or "1 or 2". */
    TWO(2),
    /** 3. */
    THREE(3),
    /** VDIV and VSQRT. */
    FOURTEEN(14),
    /** "2 to 12", by the operands: see {@link Multiply#signedDivision}. */
    SIGNED_DIVISION(2),
    /** The same, see {@link Multiply#unsignedDivision}. */
    UNSIGNED_DIVISION(2),
    /** 1 + P when taken, to an address that stands in the instruction, so that the core sees it early. */
    BRANCH(1, 1),
    /** 1 + P, to the address in a register. */
    JUMP(1, 2),
    /** ISB: 1 + B, which is P at least. */
    REFILL(1, 3),
    /** 2, or 1 behind another such load. */
    LOAD(2),
    /** 2, or 1 behind a load; 1 where the offset is a number and nothing is written back. */
    STORE(2),
    /** A load of the PC: 2 + P. */
    LOAD_PC(2, 3),
    /** TBB and TBH: 2 + P. */
    TABLE(2, 3),
    /** LDM, STM, PUSH, POP and the like: 1 + N, and + P where the PC is among them. */
    MULTIPLE(1, 3),
    /** LDRD, STRD: 1 + N. */
    DOUBLE(3),
    /** VLDR and VSTR: 2 for a single, 3 for a double. */
    FLOATING(2),
    /** VLDM, VSTM, VPUSH, VPOP: 1 + a cycle for each word. */
    FLOATING_MULTIPLE(1);

    private final int cycles;
    /** P of the tables, for a target that is fetched at once. */
    final int refill;

    Cost(int cycles) {
        this(cycles, 0);
    }

    Cost(int cycles, int refill) {
        this.cycles = cycles;
        this.refill = refill;
    }

    /** The cycles of {@code i} by itself, without P. */
    int of(Instruction i) {
        return switch (this) {
            case STORE -> i.encoding.has('m') || i.writesBack ? cycles : 1;
            case MULTIPLE -> cycles + Integer.bitCount(i.list);
            case FLOATING -> FloatingPointTransfer.isDouble(i) ? cycles + 1 : cycles;
            case FLOATING_MULTIPLE -> cycles + FloatingPointTransfer.count(i);
            default -> cycles;
        };
    }

    /** Whether it uses memory, so that its address matters. */
    boolean accesses() {
        return compareTo(LOAD) >= 0;
    }
}
