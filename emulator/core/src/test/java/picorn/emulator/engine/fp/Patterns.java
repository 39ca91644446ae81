// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Bit patterns worth computing with. */
final class Patterns {
    private static final int[] POSITIVE = {
        0x00000000,
        0x00000001,
        0x00000002,
        0x00000003,
        0x00400000,
        0x00555555,
        0x007FFFFE,
        0x007FFFFF, // denormal
        0x00800000,
        0x00800001,
        0x00FFFFFF,
        0x01000000,
        0x0C800000,
        0x1F800000,
        0x1FFFFFFF,
        0x20000000, // small
        0x33000000,
        0x33000001,
        0x33800000,
        0x387FC000,
        0x387FE000,
        0x38800000,
        0x3EFFFFFF,
        0x3F000000, // below half
        0x3F7FFFFF,
        0x3F800000,
        0x3F800001,
        0x3FC00000,
        0x40000000,
        0x40490FDB,
        0x4B000000,
        0x4B7FFFFF, // near 1
        0x4B800001,
        0x46FFFE00,
        0x477FE000,
        0x477FEFFF,
        0x477FF000,
        0x477FFFFF,
        0x47800000,
        0x47FFE000, // 16 bits
        0x47FFF000,
        0x4EFFFFFF,
        0x4F000000,
        0x4F7FFFFF,
        0x4F800000,
        0x5F7FFFFF,
        0x5F800000,
        0x7E800000, // 32 bits
        0x7EFFFFFF,
        0x7F000000,
        0x7F7FFFFE,
        0x7F7FFFFF, // large
        0x7F800000,
        0x7F800001,
        0x7FA55AA5,
        0x7FBFFFFF,
        0x7FC00000,
        0x7FC00001,
        0x7FD55AA5,
        0x7FFFFFFF, // special
    };

    private static final int[] EXPONENTS_NEAR_LIMITS = {
        0, 1, 2, 102, 103, 112, 113, 127, 142, 143, 157, 158, 253, 254, 255
    };

    private Patterns() {}

    /** Limits of the format and of what conversions can hold, of either sign. */
    static int[] interesting() {
        return IntStream.concat(IntStream.of(POSITIVE), IntStream.of(POSITIVE).map(a -> a | 1 << 31))
                .toArray();
    }

    /** Fewer of them, for operations with three operands. */
    static int[] few() {
        return IntStream.range(0, POSITIVE.length)
                .filter(i -> i % 4 == 1 || i == 0 || i >= 52)
                .map(i -> i % 3 == 0 ? POSITIVE[i] | 1 << 31 : POSITIVE[i])
                .toArray();
    }

    /** A pattern of a random kind: any, interesting, near a limit, of few bits, near 1, or a neighbour of {@code other}. */
    static int random(SplittableRandom random, int other) {
        int bits = random.nextInt();
        return switch (random.nextInt(8)) {
            case 0 -> POSITIVE[(bits & ~(1 << 31)) % POSITIVE.length] | bits & 1 << 31;
            case 1 -> bits & 0x807FFFFF | EXPONENTS_NEAR_LIMITS[random.nextInt(EXPONENTS_NEAR_LIMITS.length)] << 23;
            case 2 -> bits & 0x80700000 | random.nextInt(110, 150) << 23;
            case 3 -> bits & 0x807FFFFF | random.nextInt(100, 160) << 23;
            case 4 -> bits & 0x807FFFFF | random.nextInt(52, 76) << 23;
            case 5 -> other + random.nextInt(-3, 4) ^ bits & 1 << 31;
            case 6 -> other + (random.nextInt(-26, 27) << 23) ^ bits & 0x807FFFFF;
            default -> bits;
        };
    }
}
