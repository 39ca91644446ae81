// SPDX-License-Identifier: MIT
package picorn.stm32f4.system;

import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** A lock that two keys in order open, and that a wrong key shuts until reset (RM0090, 3.6.1). */
final class Unlock implements Saved {
    private static final int BLOCKED = -1;

    private final int[] keys;
    private int accepted;

    Unlock(int... keys) {
        this.keys = keys.clone();
    }

    /** Takes a key; true if the lock is open now. */
    boolean accepts(int key) {
        if (accepted == keys.length) {
            return true;
        }
        if (isBlocked() || keys[accepted] != key) {
            accepted = BLOCKED;
            return false;
        }
        accepted++;
        return accepted == keys.length;
    }

    boolean isBlocked() {
        return accepted == BLOCKED;
    }

    /** Locked again by software: the keys open it again. */
    void startOver() {
        if (!isBlocked()) {
            accepted = 0;
        }
    }

    void reset() {
        accepted = 0;
    }

    @Override
    public void save(StateWriter out) {
        out.int32(accepted);
    }

    @Override
    public void load(StateReader in) {
        accepted = in.int32();
    }
}
