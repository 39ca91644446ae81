// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

/** Finds out about the IT block that an instruction is in, since Unicorn does not keep ITSTATE while it executes one. */
final class BlockFinder {
    private static final int LONGEST_BLOCK = 14;
    /** Octets. */
    private static final int IN_STEP = 64;

    private final AddressMap map;

    BlockFinder(AddressMap map) {
        this.map = map;
    }

    /** ITSTATE at {@code pc} if the instruction at {@code from} is an IT whose block reaches there; otherwise 0. */
    int itState(int from, int pc) {
        int first = map.code(from);
        return Thumb.isIt(first) ? itState(from + 2, first & 0xff, pc) : 0;
    }

    /** ITSTATE at {@code pc} if a block that has {@code fromItState} at {@code from} reaches there; otherwise 0. */
    int itState(int from, int fromItState, int pc) {
        int itState = fromItState;
        int at = from;
        while (itState != 0 && at - pc < 0) {
            int halfword = map.code(at);
            itState = Thumb.isIt(halfword) ? 0 : Thumb.advance(itState);
            at += Thumb.length(halfword);
        }
        return at == pc ? itState : 0;
    }

    /**
     * ITSTATE at {@code pc} as far as the code tells: by the farthest IT whose block reaches there with no other IT between; 0 if
     * there is none. Nearer ones can be second halfwords of instructions in the block.
     */
    int likelyItState(int pc) {
        for (int back = LONGEST_BLOCK; back > 0; back -= 2) {
            int itState = itState(pc - back, pc);
            if (itState != 0 && isInstruction(pc - back)) {
                return itState;
            }
        }
        return 0;
    }

    /**
     * Whether an instruction begins at {@code address}, and not the second half of one, such as a B.W: decoding from some place before
     * soon falls into step.
     */
    private boolean isInstruction(int address) {
        int at = address - IN_STEP;
        while (at - address < 0) {
            at += Thumb.length(map.code(at));
        }
        return at == address;
    }

    /** Whether the instruction at {@code pc} is a branch to itself. */
    boolean branchesToItself(int pc) {
        int first = map.code(pc);
        int second = map.code(pc + 2);
        return Thumb.isDirectBranch(first, second) && Thumb.target(pc, first, second) == pc;
    }

    /**
     * Where the core is after an IT block that ended a translated block. When Unicorn goes from there straight to the next translated
     * block, only to find that it is to stop, it leaves the PC at the last instruction executed. ITSTATE gives that away: it is
     * not that of the place, which is {@code itState}.
     *
     * @return {@code pc} if it is right
     */
    int correctedPc(int pc, int itState, int xpsr) {
        int left = Thumb.itState(xpsr);
        if (itState == 0 || itState == left) {
            return pc;
        }
        int first = map.code(pc);
        int second = map.code(pc + 2);
        if (Thumb.isDirectBranch(first, second)) {
            return Thumb.target(pc, first, second);
        }
        return left != 0 ? where(left, pc, itState) : afterFailing(pc, Thumb.advance(itState), xpsr);
    }

    /** Where in the block of {@code itState} at {@code pc} the state is {@code wanted}. */
    private int where(int wanted, int pc, int itState) {
        int at = pc;
        for (int rest = itState; rest != 0 && rest != wanted; rest = Thumb.advance(rest)) {
            at += Thumb.length(map.code(at));
        }
        return at;
    }

    /** The end of the block, if all that is left of it at {@code pc} fails its condition. */
    private int afterFailing(int pc, int itState, int xpsr) {
        int at = pc + Thumb.length(map.code(pc));
        for (int rest = itState; rest != 0; rest = Thumb.advance(rest)) {
            if (Thumb.holds(rest >> 4, xpsr)) {
                return pc;
            }
            at += Thumb.length(map.code(at));
        }
        return at;
    }
}
