// SPDX-License-Identifier: MIT
package picorn.netstack.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    private final MemoryBudget budget = new MemoryBudget(1000);

    @Test
    void budgetIsNeverExceededAndRemembersItsPeak() {
        assertThat(budget.reserve(600)).isTrue();
        assertThat(budget.reserve(401)).isFalse();
        assertThat(budget.used()).isEqualTo(600);
        assertThat(budget.reserve(400)).isTrue();
        budget.release(900);
        assertThat(budget.used()).isEqualTo(100);
        assertThat(budget.available()).isEqualTo(900);
        assertThat(budget.peak()).isEqualTo(1000);
        assertThat(budget.refusals()).isEqualTo(1);
    }

    @Test
    void demandThatCannotBeMetSaysWhatFor() {
        assertThatThrownBy(() -> budget.demand(1001, "a socket"))
                .isInstanceOf(OutOfMemoryBudget.class)
                .hasMessageContaining("a socket takes 1001 octets")
                .hasMessageContaining("1000");
    }

    @Test
    void moreThanWasDrawnCannotBeGivenBack() {
        budget.reserve(10);
        assertThatThrownBy(() -> budget.reserve(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> budget.release(11)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void poolGivesUnusedBuffersBackWhenOthersNeedTheMemory() {
        PacketPool pool = new PacketPool(budget, 136);
        PacketBuffer[] taken = new PacketBuffer[5];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = pool.take();
        }
        assertThat(pool.isDry()).isTrue();
        assertThatThrownBy(pool::take).isInstanceOf(IllegalStateException.class);
        assertThat(budget.used()).isEqualTo(1000);
        for (PacketBuffer buffer : taken) {
            pool.giveBack(buffer);
        }
        assertThat(budget.used()).isEqualTo(1000);
        assertThat(budget.reserve(600)).isTrue();
        assertThat(budget.reserve(1)).isFalse();
        assertThat(pool.inUse()).isZero();
        // Two are always kept, so that the stack can speak however greedy its sockets are.
        pool.take();
        pool.take();
        assertThat(pool.isDry()).isTrue();
    }
}
