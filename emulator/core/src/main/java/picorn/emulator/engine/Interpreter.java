// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.Stop.Reason;

/** Goes from instruction to instruction, IT blocks included (ARMv7-M ARM, A7.3 and B1.4.2). */
final class Interpreter {
    /** No page: odd, which no address of an instruction is. */
    private static final int NOWHERE = 1;

    private final Core core;
    private final Decoder decoder;
    private Page page = Page.NONE;
    private int pageBase = NOWHERE;

    Interpreter(Core core, Decoder decoder) {
        this.core = core;
        this.decoder = decoder;
    }

    /** To be called when the map has changed. */
    void forgetPage() {
        pageBase = NOWHERE;
    }

    /**
     * Executes until {@link Core#cycles} is {@link Core#limit} and the next instruction would take a cycle.
     *
     * @throws Abort at an instruction that is not completed
     */
    void run() {
        while (true) {
            if (core.it != 0) {
                if (!stepInBlock()) {
                    return;
                }
            } else if (core.cycles < core.limit) {
                execute(fetch(core.pc));
            } else {
                return;
            }
        }
    }

    /** Executes one instruction, or passes over one, whether there is a breakpoint on it or not. */
    void stepPastBreakpoint() {
        int pc = core.pc;
        enter(pc);
        Instruction i = decoder.decodeOnce(page, pc, core.it != 0);
        if (core.it == 0) {
            execute(i);
        } else {
            stepInBlock(i);
        }
    }

    private Instruction fetch(int pc) {
        if ((pc & ~Page.MASK) != pageBase || core.memory.guarded()) {
            enter(pc);
        }
        Instruction i = page.plain[(pc & Page.MASK) >> 1];
        if (i == null) {
            i = decoder.decode(page, pc, false);
        }
        if (i.length == 4 && core.memory.guarded()) {
            core.memory.checkFetch(pc + 2);
        }
        return i;
    }

    private Instruction fetchInBlock(int pc) {
        enter(pc);
        Instruction i = page.inBlock[(pc & Page.MASK) >> 1];
        if (i == null) {
            i = decoder.decode(page, pc, true);
        }
        if (i.length == 4 && core.memory.guarded()) {
            core.memory.checkFetch(pc + 2);
        }
        return i;
    }

    private void enter(int pc) {
        if (!core.thumb || (pc & ~Page.MASK) != pageBase) {
            pageBase = NOWHERE;
            page = decoder.page(pc);
            pageBase = page.base;
        }
        if (core.memory.guarded()) {
            core.memory.checkFetch(pc);
        }
    }

    private void execute(Instruction i) {
        int pc = core.pc;
        core.r[Core.PC] = pc + 4;
        core.next = pc + i.length;
        i.execute(core);
        core.pc = core.next;
        core.cycles++;
        if (!core.thumb) {
            pageBase = NOWHERE;
        }
    }

    private boolean stepInBlock() {
        return core.event == Reason.DEADLINE && stepInBlock(fetchInBlock(core.pc));
    }

    /** Returns false if the instruction would take a cycle that is not there. */
    private boolean stepInBlock(Instruction i) {
        if (!core.holds(core.it >> 4) && !i.stopsAnyway()) {
            core.pc += i.length;
            core.advanceIt();
            return true;
        }
        if (core.cycles >= core.limit && !i.stopsAnyway()) {
            return false;
        }
        int before = core.it;
        execute(i);
        if (core.it == before) {
            core.advanceIt();
        }
        return true;
    }
}
