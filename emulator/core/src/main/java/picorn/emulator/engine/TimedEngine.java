// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.CpuBus;
import picorn.emulator.cpu.Timing;
import picorn.emulator.cpu.Translation;
import picorn.emulator.cpu.WaitStates;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** The Java engine with the cycles of a Cortex-M4 (docs/timing.md). It interprets, whatever is asked of the translator. */
final class TimedEngine extends JavaEngine {
    private final Core core;
    private final TimedMemory memory;
    private final TimedInterpreter interpreter;

    /** What it is made of, each of which needs another. */
    private static final class Parts {
        private final Core core;
        private TimedMemory memory;
        private TimedInterpreter interpreter;

        Parts(CpuBus bus) {
            core = new Core(of -> memory = new TimedMemory(of, bus));
        }

        TimedInterpreter interpreter(Core of, Decoder decoder, Translator translator) {
            interpreter = new TimedInterpreter(of, memory, decoder, translator);
            return interpreter;
        }
    }

    TimedEngine(CpuBus bus) {
        this(new Parts(bus));
    }

    private TimedEngine(Parts parts) {
        super(parts.core, Translation.OFF, parts::interpreter);
        core = parts.core;
        memory = parts.memory;
        interpreter = parts.interpreter;
    }

    @Override
    public Timing timing() {
        return Timing.M4;
    }

    @Override
    public long instructions() {
        return interpreter.instructions();
    }

    @Override
    public void pass(int cycles) {
        core.cycles += cycles;
    }

    @Override
    public void waitStates(WaitStates waits) {
        memory.waitStates(waits);
    }

    @Override
    public void enterMode(int xpsr, int control, int msp, int psp) {
        super.enterMode(xpsr, control, msp, psp);
        interpreter.flush();
    }

    @Override
    public void save(StateWriter out) {
        super.save(out);
        out.section("pipeline", interpreter);
    }

    @Override
    public void load(StateReader in) {
        super.load(in);
        in.section("pipeline", interpreter);
    }
}
