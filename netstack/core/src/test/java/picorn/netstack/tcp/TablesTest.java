// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import picorn.netstack.context.Counters;
import picorn.netstack.context.MemoryBudget;
import picorn.netstack.context.RandomSource;

class TablesTest {
    private final Counters counters = new Counters();

    private static final class Stub extends Flow {
        private long deadline = Long.MAX_VALUE;

        Stub(KeyedHash keyed, int number) {
            addresses.source(0, 0xFFFF_0A00_0001L).destination(0, 0xFFFF_0A00_0002L + number / 60_000);
            localPort = 80;
            remotePort = 1 + number % 60_000;
            hash = keyed.of(this);
        }

        @Override
        long deadline() {
            return deadline;
        }

        @Override
        void wake(long now) {}

        @Override
        void arrives(Segment segment) {}
    }

    private final KeyedHash keyed = new KeyedHash(RandomSource.seeded(1));

    @Test
    void tenThousandFlowsTakeOneAndAHalfProbesAtMost() {
        FlowTable table = new FlowTable(new MemoryBudget(1 << 20), counters);
        List<Flow> flows = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            flows.add(new Stub(keyed, i));
            table.add(flows.get(i));
        }
        long lookups = counters.of("tcp.table-lookups").value();
        long probes = counters.of("tcp.table-probes").value();
        for (int i = 0; i < 10_000; i++) {
            assertThat(table.find(new Stub(keyed, i))).isSameAs(flows.get(i));
        }
        assertThat((double) (counters.of("tcp.table-probes").value() - probes)
                        / (counters.of("tcp.table-lookups").value() - lookups))
                .isLessThanOrEqualTo(1.5);
    }

    @Test
    void whatIsRemovedIsNotFoundAndTheRestIs() {
        FlowTable table = new FlowTable(new MemoryBudget(1 << 20), counters);
        List<Flow> flows = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            flows.add(new Stub(keyed, i));
            table.add(flows.get(i));
        }
        for (int i = 0; i < 1000; i += 3) {
            table.remove(flows.get(i));
        }
        for (int i = 0; i < 1000; i++) {
            Flow like = new Stub(keyed, i);
            assertThat(table.find(like)).as("flow %d", i).isSameAs(i % 3 == 0 ? like : flows.get(i));
        }
    }

    @Test
    void tableThatTheBudgetHasNoRoomForRefuses() {
        FlowTable table = new FlowTable(new MemoryBudget(40), counters);
        int added = 0;
        while (table.add(new Stub(keyed, added))) {
            added++;
        }
        assertThat(added).isEqualTo(4);
    }

    @Test
    void timersExpireInTheOrderOfTheirDeadlines() {
        TimerQueue queue = new TimerQueue(new MemoryBudget(1 << 20));
        Random random = new Random(3);
        List<Stub> waiting = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            int choice = random.nextInt(4);
            if (choice == 0 || waiting.isEmpty()) {
                Stub flow = new Stub(keyed, step);
                flow.deadline = random.nextInt(1000);
                queue.add(flow);
                waiting.add(flow);
            } else if (choice == 1) {
                Stub flow = waiting.remove(random.nextInt(waiting.size()));
                queue.remove(flow);
            } else {
                Stub flow = waiting.get(random.nextInt(waiting.size()));
                flow.deadline = random.nextInt(1000);
                queue.update(flow);
            }
            long least = waiting.stream()
                    .min(Comparator.comparingLong(Flow::deadline))
                    .map(Flow::deadline)
                    .orElse(Long.MAX_VALUE);
            if (step % 16 == 0) {
                long found = waiting.isEmpty() ? Long.MAX_VALUE : queue.first().wakeAt;
                assertThat(found).as("step %d", step).isEqualTo(least);
            }
        }
    }
}
