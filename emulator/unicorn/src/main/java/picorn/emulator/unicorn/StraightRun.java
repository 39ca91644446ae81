// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

/** Looks at the code ahead: how many instructions follow one another and can be left to Unicorn without an IT among them. */
final class StraightRun {
    /** Longer runs gain nothing. */
    private static final int LONGEST = 256;

    private final AddressMap map;
    private int instructions;
    private boolean writesMasks;

    StraightRun(AddressMap map) {
        this.map = map;
    }

    /**
     * Looks at no more than {@code most} instructions from {@code pc} on, up to one that may branch or write a mask register, which
     * is included, or to an IT, which is not.
     */
    void scan(int pc, long most) {
        int limit = (int) Math.min(most, LONGEST);
        int at = pc;
        instructions = 0;
        writesMasks = false;
        boolean open = true;
        while (open && instructions < limit) {
            int first = map.code(at);
            if (Thumb.isIt(first)) {
                return;
            }
            int second = map.code(at + 2);
            writesMasks = Thumb.writesMasks(first, second);
            open = !writesMasks && !Thumb.mayBranch(first, second);
            at += Thumb.length(first);
            instructions++;
        }
    }

    /** How many; 0 if an IT is next. */
    int instructions() {
        return instructions;
    }

    /** Whether the last of them is a CPS or MSR. */
    boolean writesMasks() {
        return writesMasks;
    }
}
