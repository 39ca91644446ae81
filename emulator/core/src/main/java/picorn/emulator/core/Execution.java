// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import java.util.Arrays;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Stop;

/** Runs of the engine: whole slices, or one instruction at a time while somebody observes them. */
final class Execution {
    private final CpuEngine engine;
    private final StackGuard guard;
    private InstructionObserver[] observers = {};

    Execution(CpuEngine engine, StackGuard guard) {
        this.engine = engine;
        this.guard = guard;
    }

    void observe(InstructionObserver observer) {
        observers = Arrays.copyOf(observers, observers.length + 1);
        observers[observers.length - 1] = observer;
    }

    Stop run(long untilCycle) {
        guard.rest();
        boolean plain = observers.length == 0 || engine.cycles() >= untilCycle;
        Stop stop = plain ? engine.run(untilCycle) : runObserved(untilCycle);
        guard.check();
        return stop;
    }

    private Stop runObserved(long untilCycle) {
        int pc = engine.pc();
        for (InstructionObserver observer : observers) {
            observer.executes(pc);
        }
        return engine.run(Math.min(untilCycle, engine.cycles() + 1));
    }
}
