// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/** What a decoded instruction is to the pipeline (Cortex-M4 TRM, 3.3, "Load/store timings"). Registers are bits of a mask. */
final class PipelineUse {
    /** In place of the registers that a load loads. */
    static final int NO_LOAD = -1;

    private static final int EVERY = (1 << Core.ZERO) - 1;

    final Cost cost;
    /** What it takes by itself. */
    final int cycles;
    /** The registers that its address comes from. */
    final int addressed;
    /** Those that it computes: an access whose address comes from one right after waits for it. */
    final int computed;
    /** Those that it loads, if it is a load behind which the next one is pipelined; else {@link #NO_LOAD}. */
    final int loaded;
    /** Whether it is pipelined behind such a load. */
    final boolean follows;
    /** Whether the pipeline is always refilled behind it. */
    final boolean refills;

    PipelineUse(Instruction i) {
        cost = i.encoding.cost;
        cycles = cost.of(i);
        addressed = cost.accesses() ? bits(i.n) | bits(i.m) | (movesStack(i) ? bits(Core.SP) : 0) : 0;
        computed = cost.accesses() || i.encoding.has('D') ? 0 : bits(i.d) | (i.encoding.has('d') ? bits(i.t) : 0);
        loaded = cost == Cost.LOAD ? bits(i.t) | bits(i.d) : NO_LOAD;
        follows = (cost == Cost.LOAD || cost == Cost.STORE) && cycles > 1;
        refills = Flow.endsFlow(i) || Flow.calls(i) || cost == Cost.REFILL;
    }

    private static int bits(int register) {
        return 1 << register & EVERY;
    }

    /** PUSH and POP. */
    private static boolean movesStack(Instruction i) {
        return i.encoding.cost == Cost.MULTIPLE && !i.encoding.has('n');
    }
}
