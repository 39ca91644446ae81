// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import picorn.netstack.context.MemoryBudget;
import picorn.netstack.octets.Octets;

class BuffersTest {
    private final MemoryBudget budget = new MemoryBudget(100_000);
    private final ChunkPool pool = new ChunkPool(budget);

    @Test
    void sendBufferGivesBackWhatWentIn() {
        SendBuffer buffer = new SendBuffer(pool, 5000);
        byte[] stream = Pair.pattern(100_000);
        Random random = new Random(7);
        int written = 0;
        int dropped = 0;
        while (dropped < stream.length) {
            int wanted = Math.min(random.nextInt(3000), stream.length - written);
            written += buffer.write(new Octets().aim(stream, written, wanted));
            assertThat(buffer.length()).isEqualTo(written - dropped).isLessThanOrEqualTo(5000);
            byte[] out = new byte[buffer.length()];
            int from = out.length == 0 ? 0 : random.nextInt(out.length);
            buffer.get(from, Octets.over(out), from, out.length - from);
            assertThat(Arrays.copyOfRange(out, from, out.length))
                    .isEqualTo(Arrays.copyOfRange(stream, dropped + from, written));
            int gone = random.nextInt(buffer.length() + 1);
            buffer.acknowledged(gone);
            dropped += gone;
        }
        buffer.close();
        assertThat(budget.reserve(100_000)).as("everything is given back").isTrue();
    }

    @Test
    void octetsOutOfOrderWaitInTheirPlace() {
        ReceiveBuffer buffer = new ReceiveBuffer(pool, 8000);
        byte[] stream = Pair.pattern(6000);
        buffer.put(3000, new Octets().aim(stream, 3000, 3000));
        assertThat(buffer.length()).isZero();
        buffer.put(0, new Octets().aim(stream, 0, 3000));
        buffer.extend(6000);
        byte[] out = new byte[6000];
        assertThat(buffer.peek(Octets.over(out))).isEqualTo(6000);
        assertThat(out).isEqualTo(stream);
    }

    @Test
    void whatComesOutOfOrderLeavesAChunkToEachBuffer() {
        pool.open(20);
        ReceiveBuffer greedy = new ReceiveBuffer(pool, 200_000);
        byte[] stream = Pair.pattern(150_000);
        int stored = greedy.put(2000, Octets.over(stream));
        assertThat(stored).isLessThan(stream.length);
        SendBuffer modest = new SendBuffer(pool, 1000);
        assertThat(modest.write(new Octets().aim(stream, 0, 1000))).isEqualTo(1000);
        assertThat(budget.peak()).isLessThanOrEqualTo(budget.limit());
        greedy.giveUpRest();
        assertThat(greedy.put(0, new Octets().aim(stream, 0, 50_000))).isEqualTo(50_000);
    }

    @Test
    void rangesMergeAndTheLastOneStandsFirst() {
        Reassembly ranges = new Reassembly(budget);
        int base = 0xFFFF_FF00;
        for (int[] range : new int[][] {{100, 200}, {500, 600}, {300, 400}, {200, 250}}) {
            assertThat(ranges.hasRoom()).isTrue();
            ranges.add(base + range[0], base + range[1]);
        }
        assertThat(Arrays.copyOf(ranges.edges(), 2 * ranges.count()))
                .as("RFC 2018, section 4")
                .containsExactly(base + 100, base + 250, base + 300, base + 400, base + 500, base + 600);
        ranges.add(base + 250, base + 300);
        assertThat(ranges.count()).isEqualTo(2);
        assertThat(ranges.advance(base + 100)).isEqualTo(base + 400);
        assertThat(ranges.count()).isEqualTo(1);
        assertThat(ranges.advance(base + 700)).isEqualTo(base + 700);
        assertThat(ranges.isEmpty()).isTrue();
    }

    @Test
    void rangesAreBounded() {
        Reassembly ranges = new Reassembly(budget);
        int count = 0;
        for (; ranges.hasRoom(); count++) {
            ranges.add(10 * count, 10 * count + 1);
        }
        assertThat(count).isBetween(100, 1000);
        ranges.close();
        assertThat(budget.used()).isZero();
    }
}
