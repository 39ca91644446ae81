// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.Stop.Reason;

/** A device can end the run after the accessing instruction or at a later cycle, wherever that is. */
public abstract class StopByContract extends EngineContract {
    /** A store to I/O and one to memory in every place of an IT block, a load multiple, and what stands around. */
    private static final int[] PROGRAM = {
        0xbf00, //         nop
        0x6008, //         str r0, [r1]
        0x3601, //         adds r6, #1
        0x42a4, //         cmp r4, r4
        0xbf01, //         itttt eq
        0x6008, //         streq r0, [r1]
        0x6026, //         streq r6, [r4]
        0x680a, //         ldreq r2, [r1]
        0x3601, //         addeq r6, #1
        0xbf02, //         ittt eq
        0x6066, //         streq r6, [r4, #4]
        0x3601, //         addeq r6, #1
        0xc109, //         stmeq r1!, {r0, r3}
        0x3601, //         adds r6, #1
        0xbf0d, //         iteet eq
        0x3601, //         addeq r6, #1
        0x3701, //         addne r7, #1
        0x3701, //         addne r7, #1
        0xc909, //         ldmeq r1!, {r0, r3}
        0x3601, //         adds r6, #1
        0xe7fe, //         b .
    };

    private static final int CYCLES = 24;

    @Test
    void runEndsWithTheAccessingInstruction() {
        code(0xbf00, 0x6008, 0xbf00, 0xbf00); // nop; str r0, [r1]; nop
        engine.set(Reg.R1, IO);
        bus.on(IO, address -> engine.stopBy(0));

        Stop stop = run(100);

        assertThat(stop.reason()).isIn(Reason.REQUESTED, Reason.DEADLINE);
        assertThat(engine.pc()).isEqualTo(CODE + 4);
        assertThat(bus.accesses()).hasSize(1);
    }

    @Test
    void runEndsAtTheCycleAskedFor() {
        code(0xbf00, 0x6808, 0xbf00, 0xbf00, 0xbf00, 0xbf00, 0xbf00, 0xbf00, 0xbf00, 0xbf00, 0xbf00, 0xe7fe);
        for (int delay = 1; delay < 10; delay++) {
            restart();
            engine.set(Reg.R1, IO);
            int wait = delay;
            bus.on(IO, address -> engine.stopBy(engine.cycles() + wait));

            run(100);

            assertThat(engine.pc()).isEqualTo(CODE + 2 + 2 * delay);
        }
    }

    @Test
    void laterRequestDoesNotTakeBackAnEarlierOne() {
        code(0x6008, 0xbf00, 0xbf00, 0xbf00, 0xbf00, 0xbf00); // str r0, [r1]; nop
        engine.set(Reg.R1, IO);
        bus.on(IO, address -> {
            engine.stopBy(engine.cycles() + 2);
            engine.stopBy(engine.cycles() + 50);
        });

        run(100);

        assertThat(engine.pc()).isEqualTo(CODE + 4);
    }

    @Test
    void requestBeyondTheDeadlineHasNoEffect() {
        code(0x6008, 0xbf00, 0xbf00, 0xbf00, 0xbf00, 0xbf00); // str r0, [r1]; nop
        engine.set(Reg.R1, IO);
        bus.on(IO, address -> engine.stopBy(engine.cycles() + 5));

        assertStopped(run(3), Reason.DEADLINE, CODE + 6);
    }

    @Test
    void requestBetweenRunsHasNoEffect() {
        code(0xbf00, 0xbf00, 0xbf00);
        engine.stopBy(0);

        assertStopped(run(3), Reason.DEADLINE, CODE + 6);
    }

    @Test
    void everyRequestEndsTheRunWhereSteppingWouldBe() {
        code(PROGRAM);
        prepare();
        List<String> stepped = new ArrayList<>();
        List<Integer> cyclesOfAccesses = new ArrayList<>();
        long start = engine.cycles();
        noteAt(address -> cyclesOfAccesses.add((int) (engine.cycles() - start)));
        for (int cycle = 0; cycle < CYCLES; cycle++) {
            stepped.add(state());
            run(1);
        }
        List<String> accesses = List.copyOf(bus.accesses());

        for (int number = 0; number < cyclesOfAccesses.size(); number++) {
            for (int delay = 0; delay < 7; delay++) {
                int end = cyclesOfAccesses.get(number) + Math.max(delay, 1);
                assertThat(runUntilRequest(number, delay))
                        .as("access %d, %d cycles", number, delay)
                        .isEqualTo(stepped.get(end));
                run(CYCLES - 1 - end);
                assertThat(state()).isEqualTo(stepped.get(CYCLES - 1));
                assertThat(bus.accesses()).isEqualTo(accesses);
            }
        }
    }

    private String runUntilRequest(int number, int delay) {
        prepare();
        int[] seen = {0};
        noteAt(address -> {
            if (seen[0]++ == number) {
                engine.stopBy(engine.cycles() + delay);
            }
        });
        run(CYCLES * 10);
        return state();
    }

    private void prepare() {
        restart();
        engine.set(Reg.R0, 0x11);
        engine.set(Reg.R1, IO);
        engine.set(Reg.R3, 0x33);
        bus.accesses().clear();
        noteAt(address -> {});
    }

    private void noteAt(ScriptedBus.Effect effect) {
        for (int address : List.of(IO, IO + 4, IO + 8, IO + 12)) {
            bus.on(address, effect);
        }
    }
}
