// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/**
 * What translated code has left of a run. It counts cycles down, a block at a time before it is executed, in a number of its own; this
 * tells that number from the core's, and says when an access has changed what the number rests on.
 */
final class Slice {
    private static final int LONGEST = 1 << 30;

    /** Where the count is 0. */
    long end;
    /** The count, when translated code is entered and when it has been left. */
    int left;
    /** Whether translated code is to be left after the instruction under way, or in it if that is {@link #aborted}. */
    boolean event;
    /** Whether the instruction under way was not completed; {@link #rethrow} is to be called then. */
    boolean aborted;

    private Abort reason = new Abort();
    private final Core core;
    private long limit;

    Slice(Core core) {
        this.core = core;
    }

    /** Begins to count. */
    void begin() {
        limit = core.limit;
        left = (int) Math.min(limit - core.cycles, LONGEST);
        end = core.cycles + left;
        event = false;
    }

    /** Translated code is not to go on after the instruction under way: what it was made from may have changed. */
    void leave() {
        event = true;
    }

    /** The cycle of the last instruction that the core knows of. */
    long now() {
        return core.cycles;
    }

    /** Before something that may see the core or end the run: the instruction at {@code pc} has {@code before} cycles left. */
    void at(int pc, int before) {
        core.pc = pc;
        core.cycles = end - before;
    }

    /** After it: the run may be shorter now. */
    void after() {
        event |= core.limit != limit;
    }

    /** In place of {@link #after}, when the instruction is not completed. Returns any number. */
    int abort(Abort abort, int before) {
        left = before;
        event = true;
        aborted = true;
        reason = abort;
        return 0;
    }

    /** When translated code has been left. */
    void rethrow() {
        aborted = false;
        throw reason;
    }
}
