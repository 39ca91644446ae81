// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

/** Looks at the code ahead: how many instructions can be left to Unicorn without an IT among them. */
final class CodeAhead {
    /** Longer runs gain nothing. */
    private static final int LONGEST = 256;

    private final AddressMap map;
    private boolean writesMasks;

    CodeAhead(AddressMap map) {
        this.map = map;
    }

    /**
     * How many instructions, up to {@code most}, are free of IT whichever way the branches from {@code pc} on go; 0 if an IT is
     * next. {@code most} is small: the ways double with each branch.
     */
    int withoutIt(int pc, int most) {
        int first = map.code(pc);
        if (most == 0 || Thumb.isIt(first)) {
            return 0;
        }
        int second = map.code(pc + 2);
        int next = pc + Thumb.length(first);
        if (!Thumb.mayBranch(first, second)) {
            return 1 + withoutIt(next, most - 1);
        }
        if (Thumb.isDirectBranch(first, second)) {
            return 1 + withoutIt(Thumb.target(pc, first, second), most - 1);
        }
        if (Thumb.isConditionalBranch(first, second)) {
            int taken = withoutIt(Thumb.conditionalTarget(pc, first, second), most - 1);
            return 1 + Math.min(taken, withoutIt(next, most - 1));
        }
        return 1;
    }

    /**
     * How many instructions, up to {@code most}, follow one another from {@code pc} on up to one that branches or writes a mask
     * register, which is included, or to an IT, which is not.
     */
    int straight(int pc, long most) {
        int limit = (int) Math.min(most, LONGEST);
        int at = pc;
        writesMasks = false;
        for (int instructions = 0; instructions < limit; instructions++) {
            int first = map.code(at);
            int second = map.code(at + 2);
            if (Thumb.isIt(first)) {
                return instructions;
            }
            writesMasks = Thumb.writesMasks(first, second);
            if (writesMasks || Thumb.mayBranch(first, second)) {
                return instructions + 1;
            }
            at += Thumb.length(first);
        }
        return limit;
    }

    /** Whether the last of the latest {@link #straight} run is a CPS or MSR. */
    boolean writesMasks() {
        return writesMasks;
    }
}
