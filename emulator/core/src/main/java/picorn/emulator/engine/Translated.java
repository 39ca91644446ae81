// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/** Translated code: a region of instructions as a Java method. It belongs to no machine. */
abstract class Translated {
    /** Those that are executed as the interpreter does. */
    final Instruction[] interpreted;

    Translated(Instruction[] interpreted) {
        this.interpreted = interpreted;
    }

    /**
     * Executes from the region's first instruction on, outside of an IT block, for {@link Slice#left} cycles at most; leaves registers,
     * PC, cycles and ITSTATE exact, wherever it ends. It may end without having executed anything.
     *
     * @throws Abort at an instruction that is not completed
     */
    abstract void run(Core core);
}
