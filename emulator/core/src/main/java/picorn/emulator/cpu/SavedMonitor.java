// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/**
 * The local exclusive monitor (ARMv7-M ARM, A3.4.1) as every engine saves it, so that each loads what another saved.
 *
 * @param exclusive whether it is in the exclusive access state
 * @param address what was loaded from, or {@link #ANY} for an engine whose monitor has no address, as the Cortex-M4's
 * @param value what was loaded, for engines that compare it
 */
public record SavedMonitor(boolean exclusive, long address, long value) {
    /** No address in particular. */
    public static final long ANY = -1;

    /** Of an engine whose monitor has no address. */
    public static SavedMonitor of(boolean exclusive) {
        return new SavedMonitor(exclusive, ANY, 0);
    }

    /** Writes it. */
    public void save(StateWriter out) {
        out.flag(exclusive);
        out.int64(address);
        out.int64(value);
    }

    /** Reads what {@link #save} wrote. */
    public static SavedMonitor load(StateReader in) {
        return new SavedMonitor(in.flag(), in.int64(), in.int64());
    }
}
