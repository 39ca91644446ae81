// SPDX-License-Identifier: MIT
package picorn.emulator.unicorn;

/** As much of the Thumb encoding as it takes to follow straight-line code and IT blocks (ARMv7-M ARM, A5.1, A7.3 and A7.7.38). */
final class Thumb {
    /** xPSR bit T. */
    static final int T = 1 << 24;

    /** Numbers of hints. */
    static final int YIELD = 1;

    static final int WFE = 2;
    static final int WFI = 3;

    /** WFI in its 16-bit encoding. */
    static final int WFI_NARROW = 0xbf30;

    private static final int IT_BITS = 0x0600_fc00;

    private Thumb() {}

    /** Whether a halfword is the first of a 32-bit instruction. */
    static boolean wide(int halfword) {
        return halfword >= 0xe800;
    }

    /** Octets of the instruction that a halfword begins. */
    static int length(int halfword) {
        return wide(halfword) ? 4 : 2;
    }

    /** Whether it is IT; a mask of 0 makes a hint of it. */
    static boolean isIt(int halfword) {
        return (halfword & 0xff00) == 0xbf00 && (halfword & 0xf) != 0;
    }

    /** Whether the two halfwords end with this hint, in its 16-bit or its 32-bit encoding. */
    static boolean isHint(int first, int second, int hint) {
        return second == (0xbf00 | hint << 4) || first == 0xf3af && second == (0x8000 | hint);
    }

    /** Whether an instruction is CPS or MSR, which may write PRIMASK, FAULTMASK or BASEPRI. */
    static boolean writesMasks(int first, int second) {
        return (first & 0xffe0) == 0xb660 || (first & 0xffe0) == 0xf380 && (second & 0xd000) == 0x8000;
    }

    /** Whether an instruction may continue elsewhere than after itself; true in doubt. */
    static boolean mayBranch(int first, int second) {
        return wide(first) ? mayBranchWide(first, second) : mayBranchNarrow(first);
    }

    private static boolean mayBranchNarrow(int halfword) {
        return switch (halfword >>> 12) {
            case 0x4 -> (halfword & 0xff00) == 0x4700 || (halfword & 0xfc87) == 0x4487; // BX, BLX; ADD, CMP, MOV to PC
            case 0xb -> (halfword & 0x0500) == 0x0100
                    || halfword >= 0xbd00 && halfword < 0xbf00; // CBZ; POP to PC, BKPT
            case 0xd, 0xe -> true; // B, SVC, UDF
            default -> false;
        };
    }

    private static boolean mayBranchWide(int first, int second) {
        boolean toPc = second >>> 12 == 15;
        boolean highBit = (second & 0x8000) != 0;
        return toPc || highBit && ((first & 0xf800) == 0xf000 || (first & 0xfe40) == 0xe800);
    }

    /** Whether an instruction is one of the branches to a label that an IT block can hold: B (T2, T4) or BL. */
    static boolean isDirectBranch(int first, int second) {
        return (first & 0xf800) == 0xe000 || (first & 0xf800) == 0xf000 && (second & 0x9000) == 0x9000;
    }

    /** Where such a branch at {@code pc} goes (ARMv7-M ARM, A7.7.12 and A7.7.18). */
    static int target(int pc, int first, int second) {
        if (!wide(first)) {
            return pc + 4 + (first << 21 >> 20);
        }
        int s = first >> 10 & 1;
        int i1 = ~(second >> 13 ^ s) & 1;
        int i2 = ~(second >> 11 ^ s) & 1;
        int high = -s << 24 | i1 << 23 | i2 << 22 | (first & 0x3ff) << 12;
        return pc + 4 + (high | (second & 0x7ff) << 1);
    }

    /** Whether an instruction is B with a condition of its own (T1, T3), CBZ or CBNZ. */
    static boolean isConditionalBranch(int first, int second) {
        if (wide(first)) {
            return (first & 0xf800) == 0xf000 && (second & 0xd000) == 0x8000 && (first & 0x380) != 0x380;
        }
        return (first & 0xf000) == 0xd000 && (first & 0xe00) != 0xe00 || (first & 0xf500) == 0xb100;
    }

    /** Where such a branch at {@code pc} goes if taken (ARMv7-M ARM, A7.7.12 and A7.7.21). */
    static int conditionalTarget(int pc, int first, int second) {
        if (wide(first)) {
            int high = -(first >> 10 & 1) << 20 | (second >> 11 & 1) << 19 | (second >> 13 & 1) << 18;
            return pc + 4 + (high | (first & 0x3f) << 12 | (second & 0x7ff) << 1);
        }
        if (first >>> 12 == 0xd) {
            return pc + 4 + ((byte) first << 1);
        }
        return pc + 4 + ((first >> 9 & 1) << 6 | (first >> 3 & 0x1f) << 1);
    }

    /** Whether condition {@code condition} holds under the flags of {@code xpsr} (ARMv7-M ARM, A7.3.1). */
    static boolean holds(int condition, int xpsr) {
        boolean n = xpsr < 0;
        boolean z = (xpsr & 1 << 30) != 0;
        boolean c = (xpsr & 1 << 29) != 0;
        boolean v = (xpsr & 1 << 28) != 0;
        boolean holds =
                switch (condition >> 1) {
                    case 0 -> z;
                    case 1 -> c;
                    case 2 -> n;
                    case 3 -> v;
                    case 4 -> c && !z;
                    case 5 -> n == v;
                    case 6 -> n == v && !z;
                    default -> true;
                };
        return condition >= 14 || holds != ((condition & 1) != 0);
    }

    /** ITSTATE in {@code xpsr}; 0 outside IT blocks. */
    static int itState(int xpsr) {
        return xpsr >> 8 & 0xfc | xpsr >> 25 & 3;
    }

    /** {@code xpsr} with another ITSTATE. */
    static int withItState(int xpsr, int itState) {
        return xpsr & ~IT_BITS | (itState & 0xfc) << 8 | (itState & 3) << 25;
    }

    /** ITSTATE after one more instruction of the block. */
    static int advance(int itState) {
        return (itState & 7) == 0 ? 0 : itState & 0xe0 | itState << 1 & 0x1f;
    }

    /** ITSTATE of a block whose only instruction is the next one of {@code itState}. */
    static int onlyNext(int itState) {
        return itState & 0xf0 | 8;
    }
}
