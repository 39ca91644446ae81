// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.Stop.Reason;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/**
 * How many cycles instructions take on a Cortex-M4 (TRM, 3.3): what their encodings cost, what they wait for, and what lies between one and the
 * next.
 */
final class Pipeline implements Saved {
    /** P is 3 at most. */
    private static final int LONGEST_REFILL = 3;

    private final Core core;
    private final TimedMemory memory;
    /** Of the instruction before: {@link PipelineUse#loaded}, {@link PipelineUse#computed}. */
    private int loaded = PipelineUse.NO_LOAD;

    private int computed;

    Pipeline(Core core, TimedMemory memory) {
        this.core = core;
        this.memory = memory;
    }

    /** Something other than the instruction before leads to the next one. */
    void flush() {
        loaded = PipelineUse.NO_LOAD;
        computed = 0;
    }

    /** The cycles of {@code i} that are known before it is executed. */
    int begin(Instruction i) {
        PipelineUse use = use(i);
        memory.begin();
        return memory.fetch(i.address, i.length) + alone(i, use) + between(use);
    }

    private int alone(Instruction i, PipelineUse use) {
        return switch (use.cost) {
            case SIGNED_DIVISION -> Multiply.signedDivision(core.r[i.n], core.r[i.m]);
            case UNSIGNED_DIVISION -> Multiply.unsignedDivision(core.r[i.n], core.r[i.m]);
            default -> use.cycles;
        };
    }

    /** An address that was computed just now is waited for; an access behind a load saves the cycle of its address. */
    private int between(PipelineUse use) {
        if ((computed & use.addressed) != 0) {
            return 1;
        }
        return use.follows && (loaded & use.addressed) == 0 && loaded != PipelineUse.NO_LOAD ? -1 : 0;
    }

    /** Those that are known when it has been executed. */
    int end(Instruction i) {
        PipelineUse use = i.pipelineUse;
        loaded = use.loaded;
        computed = use.computed;
        return memory.waited() + refill(i, use);
    }

    /** P, if a branch was taken; a return from an exception has cycles of its own. */
    private int refill(Instruction i, PipelineUse use) {
        boolean goesOn = !use.refills && core.next == i.address + i.length;
        if (goesOn || core.event == Reason.EXCEPTION_RETURN) {
            return 0;
        }
        return Math.min(LONGEST_REFILL, use.cost.refill + (isSplit(core.next) ? 1 : 0));
    }

    /** Whether the instruction at {@code address} is one of 32 bits in two words, which two fetches bring. */
    private boolean isSplit(int address) {
        if ((address & 2) == 0) {
            return false;
        }
        Page page = memory.map.show(address);
        return page.executable && Encodings.isWide(page.ram.get16(page.offset + (address & Page.MASK)));
    }

    /** The cycles of {@code i}, whose condition failed. */
    int pass(Instruction i) {
        flush();
        return memory.fetch(i.address, i.length) + 1;
    }

    private static PipelineUse use(Instruction i) {
        PipelineUse use = i.pipelineUse;
        if (use == null) {
            use = new PipelineUse(i);
            i.pipelineUse = use;
        }
        return use;
    }

    @Override
    public void save(StateWriter out) {
        out.int32(loaded);
        out.int32(computed);
        out.int64(memory.stored);
    }

    @Override
    public void load(StateReader in) {
        loaded = in.int32();
        computed = in.int32();
        memory.stored = in.int64();
    }
}
