// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.emulator.cpu.Stop.Fault;
import picorn.emulator.cpu.Stop.Reason;

/** Whatever the machine above has to see to stops the run, with the PC and the clock where they belong. */
public abstract class StopContract extends EngineContract {
    private static final int HANDLER = THREAD | 11;

    @Test
    void svcStopsAfterItself() {
        code(0xbf00, 0xdf21, 0xbf00); // nop; svc #0x21

        assertAfter(CODE + 4, 2, Reason.SVC, 0x21);
    }

    @Test
    void svcInItBlockKeepsTheRestOfTheBlock() {
        code(0x42a4, 0xbf06, 0xdf05, 0x3701, 0x3601, 0xbf00); // cmp r4, r4; itte eq; svceq #5; addeq r7; addne r6
        for (int budget = 3; budget < 12; budget++) {
            restart();
            Stop stop = run(budget);
            assertStopped(stop, Reason.SVC, CODE + 6);
            assertThat(stop.value()).isEqualTo(5);
            assertStopped(run(2), Reason.DEADLINE, CODE + 12);
            assertThat(reg(Reg.R7)).isEqualTo(1);
            assertThat(reg(Reg.R6)).isZero();
        }
    }

    @Test
    void wfiInItBlockKeepsTheRestOfTheBlock() {
        code(0x42a4, 0xbf02, 0x3701, 0xbf30, 0x3601, 0xbf00); // cmp r4, r4; ittt eq; addeq r7; wfieq; addeq r6
        for (int budget = 4; budget < 12; budget++) {
            restart();
            assertStopped(run(budget), Reason.WFI, CODE + 8);
            assertThat(reg(Reg.R6)).isZero();
            assertStopped(run(2), Reason.DEADLINE, CODE + 12);
            assertThat(reg(Reg.R6)).isEqualTo(1);
        }
    }

    @Test
    void wfiWhoseConditionFailsDoesNotStop() {
        code(0x42a4, 0xbf0c, 0x3701, 0xbf30, 0x3601, 0xbf00, 0xe7fe); // cmp r4, r4; ite eq; addeq r7; wfine; adds r6
        for (int budget = 1; budget < 12; budget++) {
            restart();
            assertThat(run(budget).reason()).isEqualTo(Reason.DEADLINE);
        }
    }

    @Test
    void bkptStopsAtItself() {
        code(0xbf00, 0xbe34, 0xbf00); // nop; bkpt #0x34

        assertAfter(CODE + 2, 1, Reason.BKPT, 0x34);
    }

    @Test
    void waitingForInterruptStopsAfterItself() {
        code(0xbf00, 0xbf30, 0xbf00); // nop; wfi
        assertAfter(CODE + 4, 2, Reason.WFI, 0);
        restart();
        code(0xbf00, 0xf3af, 0x8003); // nop; wfi.w
        assertAfter(CODE + 6, 2, Reason.WFI, 0);
    }

    @Test
    void waitingForEventStopsAfterItself() {
        code(0xbf00, 0xbf20, 0xbf00); // nop; wfe
        assertAfter(CODE + 4, 2, Reason.WFE, 0);
        restart();
        code(0xbf00, 0xf3af, 0x8002); // nop; wfe.w
        assertAfter(CODE + 6, 2, Reason.WFE, 0);
    }

    @Test
    void waitAsLastInstructionOfTheRunIsStillTold() {
        code(0xbf00, 0xbf30, 0xbf20, 0xdf01); // nop; wfi; wfe; svc #1

        assertThat(run(2).reason()).isEqualTo(Reason.WFI);
        assertThat(run(1).reason()).isEqualTo(Reason.WFE);
        assertThat(run(1).reason()).isEqualTo(Reason.SVC);
    }

    @Test
    void undefinedInstructionAfterAWaitIsNotTakenForIt() {
        code(0xbf20, 0xde01, 0xbf00); // wfe; udf #1
        run(5);

        assertFault(run(5), Fault.UNDEFINED_INSTRUCTION, CODE + 2);
    }

    @Test
    void yieldDoesNothing() {
        code(
                0xbf10, 0xf3af, 0x8001, 0x42a4, 0xbf08, 0xbf10, 0x3601,
                0xbf00); // yield; yield.w; cmp; it eq; yield; adds r6

        assertStopped(run(6), Reason.DEADLINE, CODE + 14);
        assertThat(reg(Reg.R6)).isEqualTo(1);
    }

    @Test
    void undefinedInstructionStopsAtItself() {
        code(0xbf00, 0xde01, 0xbf00); // nop; udf #1
        assertFaultAfterOne(Fault.UNDEFINED_INSTRUCTION, CODE + 2);
        restart();
        code(0xbf00, 0xf7f0, 0xa001); // nop; udf.w #1
        assertFaultAfterOne(Fault.UNDEFINED_INSTRUCTION, CODE + 2);
        assertFault(run(5), Fault.UNDEFINED_INSTRUCTION, CODE + 2);
    }

    @Test
    void undefinedInstructionInItBlockKeepsItsState() {
        code(0x42a4, 0xbf04, 0x3601, 0xde01, 0xbf00); // cmp r4, r4; itt eq; addeq r6; udfeq
        for (int budget = 4; budget < 12; budget++) {
            restart();
            assertFault(run(budget), Fault.UNDEFINED_INSTRUCTION, CODE + 6);
            assertThat(reg(Reg.XPSR) & 0x0600_fc00).isEqualTo(0x0800);
        }
    }

    @Test
    void coprocessorThatIsNotThereFaults() {
        code(0xbf00, 0xee01, 0x0f10, 0xbf00); // nop; mcr p15, 0, r0, c1, c0, 0
        assertFaultAfterOne(Fault.NO_COPROCESSOR, CODE + 2);
    }

    @Test
    void armStateFaultsAtTheTarget() {
        code(0xbf00, 0x4700, 0xbf00); // nop; bx r0
        engine.set(Reg.R0, CODE + 0x100);
        long start = engine.cycles();

        assertFault(run(5), Fault.INVALID_STATE, CODE + 0x100);
        assertThat(engine.cycles()).isEqualTo(start + 2);
        assertThat(reg(Reg.XPSR) & THREAD).isZero();
        assertFault(run(5), Fault.INVALID_STATE, CODE + 0x100);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x0000_0101, 0x1000_0001, 0x4000_0001, 0x6000_0001, 0xe000_0001, 0xffff_fff9})
    void fetchFromWhereNoCodeIsFaults(int target) {
        code(0xbf00, 0x4700, 0xbf00); // nop; bx r0
        engine.set(Reg.R0, target);
        long start = engine.cycles();

        Stop stop = run(5);

        assertFault(stop, Fault.FETCH, target & ~1);
        assertThat(stop.address()).isEqualTo(target & ~1);
        assertThat(engine.cycles()).isEqualTo(start + 2);
        assertFault(run(5), Fault.FETCH, target & ~1);
    }

    @Test
    void fetchFaultIsNotToldBeforeItsTime() {
        code(0xbf00, 0x4700, 0xbf00); // nop; bx r0
        engine.set(Reg.R0, 0x6000_0001);

        assertStopped(run(2), Reason.DEADLINE, 0x6000_0000);
    }

    @Test
    void flashExecutes() {
        flash.put16(0x100, 0x3601); // adds r6, #1
        flash.put16(0x102, 0xdf07); // svc #7
        engine.changed(flash, 0x100, 4);
        engine.set(Reg.PC, FLASH + 0x100);

        assertThat(run(10).value()).isEqualTo(7);
        assertThat(reg(Reg.R6)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xffff_fff1, 0xffff_fff9, 0xffff_fffd, 0xffff_ffe1, 0xffff_ffed})
    void branchToExcReturnInHandlerModeIsToldInEveryForm(int value) {
        int[][] forms = {
            {0xbf00, 0x4700}, // bx r0
            {0xbf00, 0xf8d4, 0xf000}, // ldr pc, [r4]
            {0xbf00, 0xe894, 0x8001}, // ldm r4, {r0, pc}
            {0xbf00, 0xbd00}, // pop {pc}
        };
        for (int[] form : forms) {
            restart();
            code(form);
            engine.enterMode(HANDLER, 0, DATA, PROCESS_STACK);
            engine.set(Reg.R0, value);
            ram.put32(DATA - RAM, form.length == 3 && form[1] == 0xe894 ? 5 : value);
            ram.put32(DATA - RAM + 4, value);
            assertAfter(value & ~1, 2, Reason.EXCEPTION_RETURN, value);
        }
    }

    @Test
    void excReturnAsLastInstructionOfTheRunIsStillTold() {
        code(0xbf00, 0x4770); // nop; bx lr
        engine.enterMode(HANDLER, 0, STACK, PROCESS_STACK);
        engine.set(Reg.LR, 0xffff_fff9);

        assertThat(run(2).reason()).isEqualTo(Reason.EXCEPTION_RETURN);
    }

    @Test
    void handlerWhoseAddressIsAnExcReturnValueCannotBeFetched() {
        engine.enterMode(HANDLER, 0, STACK, PROCESS_STACK);
        engine.set(Reg.PC, 0xffff_fff8);

        assertFault(run(5), Fault.FETCH, 0xffff_fff8);
    }

    @Test
    void breakpointStopsBeforeItsInstruction() {
        code(0xbf00, 0x3601, 0x42a4, 0xbf06, 0x3601, 0x3601, 0x3701, 0xe7f7); // nop; adds r6; cmp; itte eq; ...; b CODE
        for (int at : new int[] {CODE + 2, CODE + 6, CODE + 8, CODE + 10, CODE + 14}) {
            restart();
            engine.setBreakpoint(at);
            assertStopped(run(100), Reason.BREAKPOINT, at);
            assertStopped(run(100), Reason.BREAKPOINT, at);
            engine.clearBreakpoint(at);
            assertThat(run(100).reason()).isEqualTo(Reason.DEADLINE);
        }
    }

    @Test
    void breakpointsAreFoundInFlashToo() {
        for (int offset = 0; offset < 0x100; offset += 2) {
            flash.put16(offset, 0xbf00);
        }
        engine.changed(flash, 0, 0x100);
        engine.set(Reg.PC, FLASH);
        run(20);
        engine.setBreakpoint(FLASH + 0x10);
        engine.setBreakpoint(FLASH + 0x20);
        engine.set(Reg.PC, FLASH);

        assertStopped(run(100), Reason.BREAKPOINT, FLASH + 0x10);
        assertStopped(run(100), Reason.BREAKPOINT, FLASH + 0x20);
    }

    @Test
    void unalignedExclusiveFaults() {
        code(0xbf00, 0xe851, 0x0f00, 0xbf00); // nop; ldrex r0, [r1]
        engine.set(Reg.R1, DATA + 2);

        assertFaultAfterOne(Fault.UNALIGNED, CODE + 2);
    }

    private void assertAfter(int pc, long cycles, Reason reason, int value) {
        long start = engine.cycles();
        Stop stop = run(100);
        assertStopped(stop, reason, pc);
        assertThat(stop.value()).isEqualTo(value);
        assertThat(engine.cycles()).isEqualTo(start + cycles);
    }

    private void assertFaultAfterOne(Fault fault, int pc) {
        long start = engine.cycles();
        assertFault(run(100), fault, pc);
        assertThat(engine.cycles()).isEqualTo(start + 1);
    }
}
