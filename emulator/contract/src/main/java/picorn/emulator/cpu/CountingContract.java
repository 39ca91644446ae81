// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.Stop.Reason;

/** Runs are exact to the instruction and the clock with them, IT blocks included. */
public abstract class CountingContract extends EngineContract {
    private static final int CYCLES = 400;

    /** cmp r4, r4; ittet eq; addeq r0, #1; addeq r1, #1; addne r2, #1; addeq r3, #1; adds r5, #1; adds r6, #1; b . */
    private static final int[] BLOCK = {0x42a4, 0xbf05, 0x3001, 0x3101, 0x3201, 0x3301, 0x3501, 0x3601, 0xe7fe};

    @Test
    void everyInstructionTakesACycle() {
        code(0xbf00, 0xbf00, 0xf04f, 0x0001, 0xbf00, 0xbf00); // nop; nop; mov.w r0, #1; nop; nop
        long before = engine.cycles();

        assertStopped(run(4), Reason.DEADLINE, CODE + 10);
        assertThat(engine.cycles()).isEqualTo(before + 4);
    }

    @Test
    void instructionWhoseConditionFailsTakesNone() {
        code(BLOCK);

        assertStopped(run(6), Reason.DEADLINE, CODE + 14);
        assertThat(List.of(reg(Reg.R0), reg(Reg.R1), reg(Reg.R2), reg(Reg.R3), reg(Reg.R5), reg(Reg.R6)))
                .containsExactly(1, 1, 0, 1, 1, 0);
    }

    @Test
    void branchNotTakenTakesACycle() {
        code(0x42a4, 0xd1fd, 0xbf00, 0xbf00); // cmp r4, r4; bne CODE; nop; nop

        assertStopped(run(3), Reason.DEADLINE, CODE + 6);
    }

    @Test
    void stopInsideItBlockShowsWhereItIs() {
        code(BLOCK);

        assertStopped(run(2), Reason.DEADLINE, CODE + 4);
        assertThat(itState()).isEqualTo(0x05);
        assertStopped(run(1), Reason.DEADLINE, CODE + 6);
        assertThat(itState()).isEqualTo(0x0a);
        assertStopped(run(1), Reason.DEADLINE, CODE + 10); // past the one that fails
        assertThat(itState()).isEqualTo(0x08);
        assertStopped(run(1), Reason.DEADLINE, CODE + 12);
        assertThat(itState()).isZero();
    }

    @Test
    void itBlockGoesOnAfterAnExceptionHasBeenServed() {
        code(BLOCK);
        codeAt(CODE + 0x100, 0x3701, 0xdf00); // adds r7, #1; svc #0
        run(3);
        int xpsr = reg(Reg.XPSR);
        int pc = engine.pc();

        engine.enterMode(THREAD | 16, 0, STACK, PROCESS_STACK);
        engine.set(Reg.PC, CODE + 0x100);
        assertThat(run(10).reason()).isEqualTo(Reason.SVC);
        engine.enterMode(xpsr, 0, STACK, PROCESS_STACK);
        engine.set(Reg.PC, pc);
        run(3);

        assertThat(List.of(reg(Reg.R1), reg(Reg.R2), reg(Reg.R3), reg(Reg.R5), reg(Reg.R7)))
                .containsExactly(1, 0, 1, 1, 1);
    }

    @Test
    void itBlockAcrossPagesIsCountedAsAnyOther() {
        for (int start = 0x3f0; start <= 0x3fe; start += 2) {
            restart();
            engine.set(Reg.PC, RAM + start);
            codeAt(RAM + start, BLOCK);
            assertStopped(run(3), Reason.DEADLINE, RAM + start + 6);
            assertStopped(run(3), Reason.DEADLINE, RAM + start + 14);
        }
    }

    @Test
    void runThatHasReachedItsCycleDoesNothing() {
        code(BLOCK);

        assertStopped(engine.run(engine.cycles()), Reason.DEADLINE, CODE);
        assertStopped(engine.run(engine.cycles() - 5), Reason.DEADLINE, CODE);
    }

    @Test
    void longRunEndsWhereSteppingDoes() {
        mixedProgram();
        List<String> stepped = new ArrayList<>();
        stepped.add(state());
        for (int i = 0; i < CYCLES; i++) {
            assertThat(run(1).reason()).isEqualTo(Reason.DEADLINE);
            stepped.add(state());
        }

        for (int cycles = 1; cycles <= CYCLES; cycles++) {
            restart();
            assertThat(run(cycles).reason()).isEqualTo(Reason.DEADLINE);
            assertThat(state()).as("after %d cycles", cycles).isEqualTo(stepped.get(cycles));
        }
    }

    @Test
    void slicesAddUpToOneRun() {
        mixedProgram();
        run(CYCLES);
        String whole = state();

        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            restart();
            for (int left = CYCLES; left > 0; ) {
                int slice = 1 + random.nextInt(Math.min(left, 1 + random.nextInt(60)));
                run(slice);
                left -= slice;
            }
            assertThat(state()).as("seed %d", seed).isEqualTo(whole);
        }
    }

    @Test
    void twoEnginesRunTheSame() {
        mixedProgram();
        run(CYCLES);
        String first = state();
        powerDown();
        powerUp();
        mixedProgram();
        run(CYCLES);

        assertThat(state()).isEqualTo(first);
    }

    private int itState() {
        int xpsr = reg(Reg.XPSR);
        return xpsr >> 8 & 0xfc | xpsr >> 25 & 3;
    }

    /** A loop with a call, stores, and IT blocks whose last instruction branches, returns, or fails to. */
    private void mixedProgram() {
        code(
                0x2500, //         movs r5, #0
                0x3501, //   loop: adds r5, #1
                0xf015, 0x0f01, // tst r5, #1
                0xbf05, //         ittet eq
                0x3001, //         addeq r0, #1
                0x6020, //         streq r0, [r4]
                0x3101, //         addne r1, #1
                0x3201, //         addeq r2, #1
                0xf000, 0xf804, // bl sub
                0x2d28, //         cmp r5, #40
                0xbf18, //         it ne
                0xe7f2, //         bne loop
                0xe7fe, //         b .
                0x3601, //    sub: adds r6, #1
                0xf015, 0x0f02, // tst r5, #2
                0xbf04, //         itt eq
                0x3701, //         addeq r7, #1
                0x4770, //         bxeq lr
                0x3301, //         adds r3, #1
                0xf015, 0x0f04, // tst r5, #4
                0xbf1f, //         itttt ne
                0x6065, //         strne r5, [r4, #4]
                0xf8d4, 0x8000, // ldrne r8, [r4]
                0x45a8, //         cmpne r8, r5
                0x46c1, //         movne r9, r8
                0xbf18, //         it ne
                0x4770, //         bxne lr
                0x4770); //        bx lr
    }
}
