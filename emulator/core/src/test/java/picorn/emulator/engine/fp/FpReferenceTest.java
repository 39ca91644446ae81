// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds every operation, result and flags, to {@link Reference}. */
class FpReferenceTest {
    private static final long SEED = 20_250_104;
    /** Each rounding mode with and without FZ, DN and AHP. */
    private static final int[] MODES = IntStream.range(0, 32).map(i -> i << 22).toArray();

    private static final int FLAGS = 0xF000_009F;
    private final Fpscr fpscr = new Fpscr();

    @ParameterizedTest
    @EnumSource
    void interestingOperandsGiveResultAndFlagsOfTheDefinition(Operation operation) {
        int[] first = operation.operands() == 3 ? Patterns.few() : Patterns.interesting();
        int[] second = operation.operands() == 1 ? new int[1] : first;
        int[] third = operation.operands() == 3 ? first : new int[1];
        for (int a : first) {
            for (int b : second) {
                for (int c : third) {
                    inAllModes(operation, a, b, c);
                }
            }
        }
    }

    private void inAllModes(Operation operation, int a, int b, int c) {
        int modes = operation == Operation.SINGLE_TO_HALF || operation == Operation.HALF_TO_SINGLE ? 32 : 16;
        for (int i = 0; i < modes; i++) {
            check(operation, a, b, c, MODES[i], "");
        }
    }

    @ParameterizedTest
    @EnumSource
    void randomOperandsGiveResultAndFlagsOfTheDefinition(Operation operation) {
        compareRandomly(operation, 200_000, SEED);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("demand")
    void tenMillionRandomOperandsGiveResultAndFlagsOfTheDefinition(Operation operation) {
        compareRandomly(operation, 10_000_000, SEED + 1);
    }

    private void compareRandomly(Operation operation, int cases, long seed) {
        SplittableRandom random = new SplittableRandom(seed + operation.ordinal());
        String seeded = "seed " + seed + ": ";
        for (int i = 0; i < cases; i++) {
            int a = Patterns.random(random, 0x3F800000);
            int b = Patterns.random(random, a);
            int c = Patterns.random(random, random.nextBoolean() ? a : b);
            check(operation, c, a, b, before(random), seeded);
        }
    }

    /** Half of the operations run as firmware mostly does: to nearest, nothing flushed. */
    private static int before(SplittableRandom random) {
        int flags = random.nextBoolean() ? 0 : random.nextInt() & FLAGS;
        return flags | (random.nextBoolean() ? 0 : MODES[random.nextInt(MODES.length)]);
    }

    private void check(Operation operation, int a, int b, int c, int before, String prefix) {
        String difference = operation.difference(a, b, c, before, fpscr);
        if (!difference.isEmpty()) {
            assertThat(prefix + difference).isEmpty();
        }
    }
}
