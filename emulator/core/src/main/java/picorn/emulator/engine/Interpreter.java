// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.Stop.Reason;

/** Goes from instruction to instruction, IT blocks included (ARMv7-M ARM, A7.3 and B1.4.2), or through translated code where a branch leads to it. */
class Interpreter {
    private final Core core;
    private final Decoder decoder;
    private final Translator translator;
    private Page page = Page.NONE;
    private Instruction[] plain = page.plain;

    Interpreter(Core core, Decoder decoder, Translator translator) {
        this.core = core;
        this.decoder = decoder;
        this.translator = translator;
    }

    /** To be called when the map, the T bit or the MPU has changed. */
    void forgetPage() {
        core.pageBase = Core.NOWHERE;
    }

    /**
     * Executes until {@link Core#cycles} is {@link Core#limit} and the next instruction would take a cycle.
     *
     * @throws Abort at an instruction that is not completed
     */
    void run() {
        while (true) {
            boolean branched = true;
            while (core.it == 0 && core.cycles < core.limit) {
                Instruction i = fetch(core.pc);
                if (!branched || !translator.enter(i)) {
                    execute(i);
                    branched = core.pc != i.address + i.length;
                }
            }
            if (core.it == 0 || !stepInBlock()) {
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
        if ((pc & ~Page.MASK) == core.pageBase) {
            Instruction i = plain[(pc & Page.MASK) >> 1];
            if (i != null) {
                return i;
            }
        }
        return fetchAnew(pc);
    }

    private Instruction fetchAnew(int pc) {
        enter(pc);
        Instruction i = plain[(pc & Page.MASK) >> 1];
        return checked(i != null ? i : decoder.decode(page, pc, false), pc);
    }

    private Instruction fetchInBlock(int pc) {
        enter(pc);
        Instruction i = page.inBlock[(pc & Page.MASK) >> 1];
        return checked(i != null ? i : decoder.decode(page, pc, true), pc);
    }

    /** The MPU has a say in the second halfword too. */
    private Instruction checked(Instruction i, int pc) {
        if (i.length == 4 && core.memory.guarded()) {
            core.memory.checkFetch(pc + 2);
        }
        return i;
    }

    /** Makes {@link #page} that of {@code pc}; while the MPU is on, each instruction comes here. */
    private void enter(int pc) {
        if ((pc & ~Page.MASK) == core.pageBase) {
            return;
        }
        page = decoder.page(pc);
        plain = page.plain;
        if (core.memory.guarded()) {
            core.memory.checkFetch(pc);
        } else {
            core.pageBase = page.base;
        }
    }

    /** Executes the instruction at the PC. */
    void execute(Instruction i) {
        int pc = core.pc;
        core.r[Core.PC] = pc + 4;
        core.next = pc + i.length;
        i.execute(core);
        core.pc = core.next;
        core.cycles++;
    }

    private boolean stepInBlock() {
        return core.event == Reason.DEADLINE && stepInBlock(fetchInBlock(core.pc));
    }

    /** Executes it or passes over it. Returns false if the instruction would take a cycle that is not there. */
    boolean stepInBlock(Instruction i) {
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
