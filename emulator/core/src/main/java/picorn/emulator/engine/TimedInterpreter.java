// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** An interpreter that counts the cycles of a Cortex-M4. */
final class TimedInterpreter extends Interpreter implements Saved {
    private final Core core;
    private final Pipeline pipeline;
    private long instructions;

    /** Of a core whose memory is {@code memory}. */
    TimedInterpreter(Core core, TimedMemory memory, Decoder decoder, Translator translator) {
        super(core, decoder, translator);
        this.core = core;
        pipeline = new Pipeline(core, memory);
    }

    /** Instructions executed. */
    long instructions() {
        return instructions;
    }

    /** An exception, or somebody outside, leads to the next instruction. */
    void flush() {
        pipeline.flush();
    }

    @Override
    void execute(Instruction i) {
        if (i.stopsAnyway()) {
            super.execute(i);
            return;
        }
        int cycles = pipeline.begin(i);
        super.execute(i);
        core.cycles += cycles + pipeline.end(i) - 1;
        instructions++;
    }

    @Override
    boolean stepInBlock(Instruction i) {
        if (core.holds(core.it >> 4) || i.stopsAnyway()) {
            return super.stepInBlock(i);
        }
        if (core.cycles >= core.limit) {
            return false;
        }
        core.pc += i.length;
        core.advanceIt();
        core.cycles += pipeline.pass(i);
        return true;
    }

    @Override
    public void save(StateWriter out) {
        out.int64(instructions);
        pipeline.save(out);
    }

    @Override
    public void load(StateReader in) {
        instructions = in.int64();
        pipeline.load(in);
    }
}
