// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

import picorn.emulator.core.InstructionObserver;

/** Counts how often each instruction was executed. */
public final class Coverage implements InstructionObserver {
    private static final int PAGE_BITS = 12;
    private static final int PAGE = 1 << PAGE_BITS;

    /** By halfword, in pages that come to be when something in them is executed. */
    private final int[][] pages = new int[1 << 32 - 1 - PAGE_BITS][];

    @Override
    public void executes(int pc) {
        int halfword = pc >>> 1;
        int[] page = pages[halfword >>> PAGE_BITS];
        if (page == null) {
            page = new int[PAGE];
            pages[halfword >>> PAGE_BITS] = page;
        }
        if (page[halfword & PAGE - 1] != Integer.MAX_VALUE) {
            page[halfword & PAGE - 1]++;
        }
    }

    /** How often the instruction at {@code pc} was, up to 2^31 - 1. */
    public int of(int pc) {
        int[] page = pages[pc >>> 1 + PAGE_BITS];
        return page == null ? 0 : page[pc >>> 1 & PAGE - 1];
    }

    /** The most of the instructions from {@code first} up to before {@code end}. */
    public int most(int first, int end) {
        int most = 0;
        for (int pc = first; pc != end; pc += 2) {
            most = Math.max(most, of(pc));
        }
        return most;
    }
}
