// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.Stop.Reason;

/** Code that lets a pending exception in is noticed at once. */
public abstract class UnmaskingContract extends EngineContract {
    @BeforeEach
    void watch() {
        engine.reportUnmasking();
    }

    @Test
    void clearingPrimaskStops() {
        code(0xb672, 0x3601, 0x3601, 0xb662, 0x3601); // cpsid i; adds r6, #1; adds r6, #1; cpsie i; adds r6, #1
        for (int budget = 4; budget < 20; budget++) {
            restart();
            assertStopped(run(budget), Reason.UNMASKED, CODE + 8);
            assertThat(reg(Reg.R6)).isEqualTo(2);
        }
    }

    @Test
    void clearingPrimaskAsLastInstructionOfTheRunStops() {
        code(0xb662, 0xbf00); // cpsie i
        engine.set(Reg.PRIMASK, 1);

        assertStopped(run(1), Reason.UNMASKED, CODE + 2);
    }

    @Test
    void clearingFaultmaskStops() {
        code(0xb671, 0xbf00, 0xb661, 0xbf00); // cpsid f; nop; cpsie f; nop

        assertStopped(run(10), Reason.UNMASKED, CODE + 6);
    }

    @Test
    void raisingBasepriValueStopsAndLoweringDoesNot() {
        // movs r0, #0x80; msr basepri, r0; movs r0, #0x40; msr basepri, r0; movs r0, #0xc0; msr basepri, r0; nop
        code(0x2080, 0xf380, 0x8811, 0x2040, 0xf380, 0x8811, 0x20c0, 0xf380, 0x8811, 0xbf00);

        assertStopped(run(100), Reason.UNMASKED, CODE + 18);
        assertThat(reg(Reg.BASEPRI)).isEqualTo(0xc0);
    }

    @Test
    void clearingBasepriStops() {
        code(0xbf00, 0x2000, 0xf380, 0x8811, 0xbf00); // nop; movs r0, #0; msr basepri, r0
        engine.set(Reg.BASEPRI, 0x10);

        assertStopped(run(100), Reason.UNMASKED, CODE + 8);
    }

    @Test
    void writeThatChangesNothingDoesNotStop() {
        code(0xb662, 0xb672, 0xbf00, 0xbf00); // cpsie i (clear already); cpsid i; nop; nop

        assertStopped(run(4), Reason.DEADLINE, CODE + 8);
    }

    @Test
    void unmaskingBehindBranchesAndItBlocksStops() {
        code(
                0xb672, //         cpsid i
                0x2010, //         movs r0, #16
                0x3601, //   loop: adds r6, #1
                0x3801, //         subs r0, #1
                0xd1fc, //         bne loop
                0x42a4, //         cmp r4, r4
                0xbf02, //         ittt eq
                0x3601, //         addeq r6, #1
                0xf380, 0x8810, // msreq primask, r0
                0x3601, //         addeq r6, #1
                0xbf00);
        for (int budget = 54; budget < 80; budget++) {
            restart();
            assertStopped(run(budget), Reason.UNMASKED, CODE + 20);
            assertThat(reg(Reg.R6)).isEqualTo(17);
            assertStopped(run(1), Reason.DEADLINE, CODE + 22);
            assertThat(reg(Reg.R6)).isEqualTo(18);
        }
    }

    @Test
    void unprivilegedCodeCannotUnmask() {
        code(0xb662, 0xbf00, 0xbf00); // cpsie i
        engine.set(Reg.PRIMASK, 1);
        engine.enterMode(THREAD, 1, STACK, PROCESS_STACK);

        assertStopped(run(3), Reason.DEADLINE, CODE + 6);
        assertThat(reg(Reg.PRIMASK)).isEqualTo(1);
    }

    @Test
    void nothingIsReportedWhenOff() {
        code(0xb672, 0xb662, 0xbf00); // cpsid i; cpsie i
        engine.ignoreUnmasking();

        assertStopped(run(3), Reason.DEADLINE, CODE + 6);
    }

    @Test
    void turningItOnDuringAnAccessCountsFromThere() {
        code(0xb672, 0x6008, 0xbf00, 0xb662, 0xbf00); // cpsid i; str r0, [r1]; nop; cpsie i; nop
        engine.ignoreUnmasking();
        engine.set(Reg.R1, IO);
        bus.on(IO, address -> engine.reportUnmasking());

        assertStopped(run(100), Reason.UNMASKED, CODE + 8);
    }

    @Test
    void clockIsTheSameWhetherOnOrOff() {
        code(
                0xb672, 0x3601, 0x42a4, 0xbf06, 0x3601, 0x3601, 0x3601,
                0xe7f8); // cpsid i; adds; cmp; itte; ...; b CODE + 2
        run(1000);
        String watched = state();
        engine.ignoreUnmasking();
        restart();
        engine.set(Reg.PRIMASK, 0);
        run(1000);

        assertThat(state()).isEqualTo(watched);
    }
}
