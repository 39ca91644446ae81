// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.Stop.Reason;

/** Random code ends the same whether it runs in one go, in slices, or is stopped by devices. */
public abstract class RandomCodeContract extends EngineContract {
    private static final int CYCLES = 1500;
    private final List<String> events = new ArrayList<>();
    private long limit;

    @Test
    void slicesAddUpToOneRun() {
        holdSeeds(0, 60);
    }

    @Test
    @Tag("long")
    void slicesOfManyProgramsAddUpToOneRun() {
        holdSeeds(1000, 2_000);
    }

    private void holdSeeds(int first, int count) {
        for (int seed = first; seed < first + count; seed++) {
            code(new RandomProgram(seed).halfwords());
            Random random = new Random(seed);
            String whole = outcome(left -> left, delay -> false, random);
            assertThat(outcome(left -> 1, delay -> false, random))
                    .as("seed %d, one by one", seed)
                    .isEqualTo(whole);
            for (int round = 0; round < 3; round++) {
                assertThat(outcome(left -> 1 + random.nextInt(30), delay -> false, random))
                        .as("seed %d, sliced", seed)
                        .isEqualTo(whole);
                assertThat(outcome(left -> left, delay -> random.nextInt(3) == 0, random))
                        .as("seed %d, stopped by devices", seed)
                        .isEqualTo(whole);
            }
            engine.reportUnmasking();
            assertThat(outcome(left -> left, delay -> false, random))
                    .as("seed %d, watched", seed)
                    .isEqualTo(whole);
            engine.ignoreUnmasking();
        }
    }

    private interface Slice {
        int of(int left);
    }

    private interface Whim {
        boolean strikes(int address);
    }

    /** Runs the program from its start; returns the final state, every access with its time, and every SVC. */
    private String outcome(Slice slice, Whim whim, Random random) {
        restart();
        engine.set(Reg.R6, IO);
        events.clear();
        bus.accesses().clear();
        long start = engine.cycles();
        for (int address = IO; address < IO + 128; address += 4) {
            bus.on(address, at -> {
                events.add("%x@%d".formatted(engine.pc(), engine.cycles() - start));
                if (whim.strikes(at)) {
                    int delay = random.nextInt(8);
                    limit = Math.min(limit, engine.cycles() + Math.max(delay, 1));
                    engine.stopBy(engine.cycles() + delay);
                }
            });
        }
        while (engine.cycles() < start + CYCLES) {
            int left = (int) (start + CYCLES - engine.cycles());
            limit = Long.MAX_VALUE;
            Stop stop = run(Math.min(left, slice.of(left)));
            assertThat(engine.cycles()).isLessThanOrEqualTo(limit);
            if (stop.reason() == Reason.SVC) {
                events.add("SVC %d@%d".formatted(stop.value(), engine.cycles() - start));
            } else {
                assertThat(stop.reason()).as(stop.toString()).isIn(Reason.DEADLINE, Reason.REQUESTED);
            }
        }
        run(0);
        return state() + bus.accesses() + events;
    }
}
