// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

/**
 * What translated code has left of a run. It counts cycles down, a block at a time before it is executed, in a number of its own; this
 * tells that number from the core's, and shortens it where an access has shortened the run.
 */
final class Slice {
    private static final int LONGEST = 1 << 30;

    /** Where the count is 0. */
    long end;
    /** The count, when translated code is entered and after {@link #after}. */
    int left;

    /** Whether the instruction under way was not completed; then {@link #rethrow} is to be called. */
    boolean aborted;

    private Abort reason = new Abort();
    private final Core core;
    private long limit;
    private boolean stale;

    Slice(Core core) {
        this.core = core;
    }

    /** Begins to count. */
    void begin() {
        limit = core.limit;
        left = (int) Math.min(limit - core.cycles, LONGEST);
        end = core.cycles + left;
        stale = false;
    }

    /** Translated code is not to go on after the instruction under way: what it was made from may have changed. */
    void leave() {
        stale = true;
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

    /** After it: puts into {@link #left} what the instruction that had {@code before} cycles left now has. */
    void after(int before) {
        left = core.limit == limit && !stale ? before : shortened(before);
    }

    /** In place of {@link #after}, when the instruction is not completed. Returns any number. */
    int abort(Abort abort, int before) {
        left = before;
        aborted = true;
        reason = abort;
        return 0;
    }

    /** When translated code has been left. */
    void rethrow() {
        aborted = false;
        throw reason;
    }

    private int shortened(int before) {
        long now = end - before;
        limit = core.limit;
        end = stale ? now + 1 : Math.max(now + 1, Math.min(end, limit));
        return (int) (end - now);
    }
}
