// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

/** The pseudo-random operands of {@code golden.c}, and its hash. */
final class GoldenOperands {
    private static final int[] SPECIAL = {
        0x00000000, 0x80000000, 0x00000001, 0x80000001, 0x007FFFFF, 0x807FFFFF, 0x00800000, 0x80800000,
        0x3F800000, 0xBF800000, 0x3F000000, 0x40000000, 0x7F7FFFFF, 0xFF7FFFFF, 0x7F800000, 0xFF800000,
        0x7FC00000, 0xFFC12345, 0x7F800001, 0xFFA54321, 0x4EFFFFFF, 0x4F000000, 0xCF000000, 0x4F7FFFFF,
        0x4F800000, 0x477FEFFF, 0x477FF000, 0x47FFEFFF, 0x47FFF000, 0x33000000, 0x33000001, 0x38800000,
    };

    private int state = 0x12345678;

    private int next() {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        return state;
    }

    int operand() {
        int kind = next();
        int bits = next();
        int low = kind >>> 8;
        return switch (kind & 7) {
            case 0 -> SPECIAL[bits & 31];
            case 1 -> bits & 0x807FFFFF;
            case 2 -> bits & 0x807FFFFF | 112 + (low & 31) << 23;
            case 3 -> bits & 0x80700000 | 120 + (low & 15) << 23;
            case 4 -> bits & 0x807FFFFF | 250 + (low & 3) << 23;
            case 5 -> bits & 0x807FFFFF | 98 + (low & 31) << 23;
            case 6 -> bits & 0x807FFFFF | 56 + (low & 15) << 23;
            default -> bits;
        };
    }

    static int mixed(int hash, int value) {
        return (Integer.rotateLeft(hash, 7) ^ value) * 0x9E3779B1;
    }
}
