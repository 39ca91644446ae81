// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.io.Serializable;

/**
 * What an instruction does, given its operands: the operation of the manual's description. Serializable, so that the translator finds the
 * method behind it.
 */
@FunctionalInterface
interface Meaning extends Serializable {
    /**
     * Executes {@code i}. {@link Core#pc} is its address; {@link Core#next} is past it and may be changed.
     *
     * @throws Abort when it does not complete; then nothing that the manual does not allow has changed
     */
    void execute(Core core, Instruction i);
}
