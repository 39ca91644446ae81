// SPDX-License-Identifier: MIT
package picorn.emulator.debug;

import picorn.emulator.replay.InputSource;

/** A second machine, the same as one that is debugged, but with nothing of the host's. */
public interface Replica extends AutoCloseable {
    /** The machine. */
    Rewindable rewindable();

    /** From now on it gets the inputs of {@code source}. */
    void play(InputSource source);

    /** How many of them it has got. */
    long played();

    @Override
    void close();
}
