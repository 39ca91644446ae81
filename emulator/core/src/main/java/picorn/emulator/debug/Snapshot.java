// SPDX-License-Identifier: MIT
package picorn.emulator.debug;

import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/**
 * The whole state of a machine at a moment.
 *
 * @param inputs number of the first input that comes after it
 */
record Snapshot(Moment moment, MemoryImage memory, byte[] rest, long inputs) {
    static Snapshot of(Rewindable machine, MemoryImage memory, long inputs) {
        StateWriter rest = new StateWriter();
        machine.rest().save(rest);
        return new Snapshot(Moment.of(machine.machine()), memory, rest.toByteArray(), inputs);
    }

    void restore(Rewindable into) {
        memory.restore(into);
        into.rest().load(new StateReader(rest));
    }
}
