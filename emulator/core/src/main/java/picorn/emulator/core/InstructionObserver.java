// SPDX-License-Identifier: MIT
package picorn.emulator.core;

/** Sees each instruction before it executes; see {@link Core#observe}. */
@FunctionalInterface
public interface InstructionObserver {
    /**
     * The instruction at {@code pc} is next. One of an IT block whose condition fails is none; one that faults, or that has to be tried
     * again, is one each time.
     */
    void executes(int pc);
}
