// SPDX-License-Identifier: MIT
package picorn.netstack.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomSourceTest {
    @Test
    void sameSeedGivesTheSameNumbers() {
        RandomSource one = RandomSource.seeded(5);
        RandomSource same = RandomSource.seeded(5);
        RandomSource other = RandomSource.seeded(6);
        int differing = 0;
        for (int i = 0; i < 100; i++) {
            int number = one.nextInt();
            assertThat(same.nextInt()).isEqualTo(number);
            differing += other.nextInt() != number ? 1 : 0;
        }
        assertThat(differing).isGreaterThan(95);
    }

    @Test
    void numbersBelowABoundReachAllOfThem() {
        RandomSource source = RandomSource.seeded(5);
        int[] counts = new int[10];
        for (int i = 0; i < 10_000; i++) {
            counts[source.below(10)]++;
        }
        assertThat(IntStream.of(counts)).allMatch(count -> count > 800 && count < 1200);
    }
}
