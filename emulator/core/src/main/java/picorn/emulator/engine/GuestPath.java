// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.engine.translate.Path;
import picorn.emulator.engine.translate.Value;

/** What is known of the core on a way through an instruction. */
final class GuestPath extends Path {
    /** Where the next instruction is. */
    Value next;
    /** ITSTATE. */
    int it;
    /** Whether the flags are those of one subtraction, all four. */
    boolean compared;
    /** Whether floating point is known to be enabled and its context begun. */
    boolean floating;
    /** Whether anything has changed, so that the instruction cannot be begun anew. */
    boolean changed;
    /** Whether the run ends after the instruction. */
    boolean leaves;

    GuestPath() {}

    private GuestPath(GuestPath other) {
        super(other);
        next = other.next;
        it = other.it;
        compared = other.compared;
        floating = other.floating;
        changed = other.changed;
        leaves = other.leaves;
    }

    @Override
    protected GuestPath copy() {
        return new GuestPath(this);
    }
}
