// SPDX-License-Identifier: MIT
package picorn.emulator.debug;

import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Reg;
import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Outcome;

/** A machine that is let go and halts again as a debugger wants. */
final class DebuggedMachine {
    private static final int BKPT_LENGTH = 2;

    private final Machine machine;
    private final CpuEngine engine;
    private boolean atBkpt;

    DebuggedMachine(Machine machine) {
        this.machine = machine;
        engine = machine.engine();
    }

    Machine machine() {
        return machine;
    }

    /** Passes over where it halted. */
    void resume() {
        passBkpt();
        machine.core().points().resume();
    }

    /** A BKPT that the core halted at has been seen; it does nothing else, as with a halting debugger (ARMv7-M ARM, C1.5). */
    private void passBkpt() {
        if (atBkpt) {
            engine.set(Reg.PC, engine.pc() + BKPT_LENGTH);
        }
        atBkpt = false;
    }

    /** It has been brought to where it is: what makes it halt here has not been seen. */
    void arrive() {
        atBkpt = false;
        machine.core().points().arrive();
    }

    /** Goes on until {@code time}, or until the engine has counted so many cycles. */
    Outcome run(long time, long cycles) {
        return noted(machine.run(time, cycles));
    }

    Outcome step(long time) {
        resume();
        return noted(machine.step(time));
    }

    private Outcome noted(Outcome outcome) {
        atBkpt = outcome instanceof Outcome.Bkpt;
        return outcome;
    }

    /** The PC was set: nothing of where it halted counts. */
    void moved() {
        atBkpt = false;
    }
}
