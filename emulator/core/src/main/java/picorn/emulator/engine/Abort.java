// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/** Leaves an instruction that does not complete; the engine's stop says why. One object a core, without a stack trace. */
final class Abort extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Abort() {
        super("instruction not completed", null, false, false);
    }
}
