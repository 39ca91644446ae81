// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Timing;

/**
 * The cycles of exception entry and return where the stack does not make the core wait (Cortex-M4 TRM, 3.9; Arm AN298 for floating point):
 * none while the engine counts instructions.
 */
final class ExceptionLatency {
    private static final int ENTRY = 12;
    private static final int EXIT = 12;
    private static final int TAIL_CHAIN = 6;

    private final CpuEngine engine;
    private final CoreListener listener;
    private final boolean counts;

    ExceptionLatency(CpuEngine engine, CoreListener listener) {
        this.engine = engine;
        this.listener = listener;
        counts = engine.timing() == Timing.M4;
    }

    /** A frame of {@code words} is stacked and the vector fetched: each word of floating point takes a cycle more. */
    void entry(int words) {
        pass(ENTRY + words - ExceptionFrame.BASIC_WORDS);
    }

    /** A frame of {@code words} is unstacked. */
    void exit(int words) {
        pass(EXIT + words - ExceptionFrame.BASIC_WORDS);
    }

    /** One handler follows another on the same frame. */
    void tailChain() {
        pass(TAIL_CHAIN);
    }

    /** Lazy stacking is made up for, {@code words} in all. */
    void preservation(int words) {
        pass(words);
    }

    private void pass(int cycles) {
        if (counts) {
            engine.pass(cycles);
            listener.timePassed();
        }
    }
}
