// SPDX-License-Identifier: MIT
package picorn.emulator.core;

/**
 * Sees exceptions come and go (ARMv7-M ARM, B1.5), between instructions: of each a call of {@link #pended}, then {@link #entered}, then
 * {@link #left}, and where nothing else is taken in place of a return {@link #resumed}.
 */
public interface ExceptionObserver {
    /** How a handler came to run. */
    enum Entry {
        /** A frame was pushed. */
        PREEMPTS,
        /** The handler before it returned to nothing, the frame stays. */
        TAIL_CHAINED,
        /** Another exception's frame was being pushed when it came. */
        LATE_ARRIVAL
    }

    /** It waits to be taken from now on. */
    default void pended(int n) {}

    /** It is pending no more, without having been taken. */
    default void withdrawn(int n) {}

    /**
     * Its handler is about to run.
     *
     * @param over the exception whose handler it preempts or follows, 0 for thread mode
     * @param entry how
     */
    default void entered(int n, int over, Entry entry) {}

    /** Its handler has returned. */
    default void left(int n) {}

    /** What was preempted goes on: the handler of {@code n}, or thread mode, 0. */
    default void resumed(int n) {}

    /** Everything pending and active is forgotten. */
    default void reset() {}
}
