// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.engine.translate.Value.Local;

/** The local variables of translated code. */
final class Variables {
    /** This unit. */
    static final Local UNIT = new Local(0, 'A');

    static final Local CORE = new Local(1, 'A');
    /** Cycles left after the block under way. */
    static final Local LEFT = new Local(2, 'I');

    private static final int R0 = 3;
    /** R0 to R12, SP and LR. */
    static final int REGISTERS = 15;

    // The flags: N is the sign of one, Z is set if the other is 0, C and V are those of a subtraction each.
    static final Local N = new Local(18, 'I');
    static final Local Z = new Local(19, 'I');
    static final Local C_A = new Local(20, 'I');
    static final Local C_B = new Local(21, 'I');
    static final Local V_A = new Local(22, 'I');
    static final Local V_B = new Local(23, 'I');

    /** Where the unit is left to. */
    static final Local PC = new Local(24, 'I');
    /** {@link Core#s}. */
    static final Local SINGLES = new Local(25, 'A');

    static final Local SLICE = new Local(26, 'A');

    static final Shown FIRST = new Shown(27);
    static final Shown SECOND = new Shown(30);

    static final int FIRST_TEMPORARY = 33;

    /** A {@link Window} of {@link Windows}. */
    record Shown(Local octets, Local code, Local base) {
        private Shown(int variable) {
            this(new Local(variable, 'A'), new Local(variable + 1, 'A'), new Local(variable + 2, 'I'));
        }
    }

    private Variables() {}

    /** Where Rn is, {@code n} below {@link #REGISTERS}. */
    static Local register(int n) {
        return new Local(R0 + n, 'I');
    }
}
