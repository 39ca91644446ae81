// SPDX-License-Identifier: MIT
package picorn.emulator.debug;

import picorn.emulator.machine.Machine;

/**
 * A place in a machine's run: between two instructions, before or after an exception is taken there.
 *
 * @param time in picoseconds since reset
 * @param cycles that the engine has counted
 * @param instructions executed before
 * @param exceptions taken before
 */
record Moment(long time, long cycles, long instructions, long exceptions) implements Comparable<Moment> {
    static Moment of(Machine machine) {
        return new Moment(
                machine.now(),
                machine.engine().cycles(),
                machine.instructions(),
                machine.core().exceptionsTaken());
    }

    boolean isBefore(Moment other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Moment other) {
        int byTime = Long.compare(time, other.time);
        int byInstructions = byTime != 0 ? byTime : Long.compare(instructions, other.instructions);
        return byInstructions != 0 ? byInstructions : Long.compare(exceptions, other.exceptions);
    }
}
