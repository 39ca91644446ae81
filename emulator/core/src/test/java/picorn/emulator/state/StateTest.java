// SPDX-License-Identifier: MIT
package picorn.emulator.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StateTest {
    private static final class Counter implements Saved {
        private int count;

        Counter(int count) {
            this.count = count;
        }

        @Override
        public void save(StateWriter out) {
            out.int32(count);
        }

        @Override
        public void load(StateReader in) {
            count = in.int32();
        }
    }

    @Test
    void everyKindOfValueComesBack() {
        StateWriter out = new StateWriter();
        out.int32(Integer.MIN_VALUE);
        out.int64(Long.MAX_VALUE);
        out.flag(true);
        out.text("TIM2 µs");
        out.int32s(new int[] {1, -2});
        out.octets(new byte[] {3, -4});
        StateReader in = new StateReader(out.toByteArray());
        assertThat(in.int32()).isEqualTo(Integer.MIN_VALUE);
        assertThat(in.int64()).isEqualTo(Long.MAX_VALUE);
        assertThat(in.flag()).isTrue();
        assertThat(in.text()).isEqualTo("TIM2 µs");
        int[] words = new int[2];
        in.int32s(words);
        assertThat(words).containsExactly(1, -2);
        byte[] octets = new byte[2];
        in.octets(octets);
        assertThat(octets).containsExactly(3, -4);
    }

    @Test
    void sectionOfAnotherMachineIsNamed() {
        StateWriter out = new StateWriter();
        out.section("TIM2", new Counter(7));
        Counter counter = new Counter(0);
        new StateReader(out.toByteArray()).section("TIM2", counter);
        assertThat(counter.count).isEqualTo(7);
        assertThatThrownBy(() -> new StateReader(out.toByteArray()).section("TIM3", counter))
                .isInstanceOf(StateMismatch.class)
                .hasMessageContaining("'TIM2'")
                .hasMessageContaining("'TIM3'");
    }

    @Test
    void everyTruncationIsAMismatch() {
        StateWriter out = new StateWriter();
        out.text("x");
        out.int32s(new int[] {1, 2, 3});
        byte[] whole = out.toByteArray();
        for (int length = 0; length < whole.length; length++) {
            StateReader in = new StateReader(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> {
                        in.text();
                        in.int32s(new int[3]);
                    })
                    .as("%d octets", length)
                    .isInstanceOf(StateMismatch.class);
        }
    }

    @Test
    void anotherNumberOfItemsIsAMismatch() {
        StateWriter out = new StateWriter();
        out.octets(new byte[5]);
        assertThatThrownBy(() -> new StateReader(out.toByteArray()).octets(new byte[4]))
                .isInstanceOf(StateMismatch.class)
                .hasMessageContaining("5 items where 4");
    }
}
