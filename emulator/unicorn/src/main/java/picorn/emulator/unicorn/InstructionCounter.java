// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

/**
 * Counts what Unicorn executes and ends the run at a count. Both ways to do so hook every instruction. Unicorn leaves the hook out
 * where the condition of an IT block fails, and inside an IT block it does not obey the hook before the block's end.
 */
interface InstructionCounter {
    /** Prepares for a start at {@code pc} that is to end after {@code count} instructions; returns what the start takes for a count. */
    long begin(int pc, int itState, long count);

    /** Instructions begun since the start. */
    long begun();

    /** Whether the count has ended the run, or is about to. */
    boolean exhausted();

    /** From a callback: makes the run end after {@code count} instructions at the latest, but after the one being executed. */
    void limit(long count);

    /** After a run that ended at {@code pc}: whether it ended before the last instruction that it had begun. */
    boolean endedBeforeLast(int pc, BlockFinder blocks);

    /** ITSTATE at the last instruction begun, which is at {@code pc}; 0 outside IT blocks, or if another is at {@code pc}. */
    int itState(int pc, BlockFinder blocks);
}
