// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExceptionSetTest {
    private static final int COUNT = 16 + 240;

    @Test
    void holdsAndFindsWhatWasPutInAndNotTakenOut() {
        Random random = new Random(1);
        ExceptionSet set = new ExceptionSet(COUNT);
        BitSet expected = new BitSet();
        for (int step = 0; step < 10_000; step++) {
            int n = random.nextInt(COUNT);
            if (random.nextInt(8) == 0) {
                set.add(n);
                expected.set(n);
            } else {
                set.remove(n);
                expected.clear(n);
            }
            int from = random.nextInt(COUNT + 1);
            assertThat(set.next(from)).as("seed 1, step %d", step).isEqualTo(expected.nextSetBit(from));
            assertThat(set.has(n)).as("seed 1, step %d", step).isEqualTo(expected.get(n));
        }
        set.clear();
        assertThat(set.next(0)).isEqualTo(-1);
    }
}
