// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.core.CoreRig.MAIN_STACK;
import static picorn.emulator.core.CoreRig.PROCESS_STACK;
import static picorn.emulator.core.CoreRig.SCS;
import static picorn.emulator.core.CoreRig.THREAD;
import static picorn.emulator.core.CoreRig.handlerAddress;
import static picorn.emulator.core.CoreRig.irq;
import static picorn.emulator.core.ExceptionNumber.PENDSV;
import static picorn.emulator.core.ExceptionNumber.SVCALL;
import static picorn.emulator.core.Instructions.bxLr;
import static picorn.emulator.core.Instructions.ldrex;
import static picorn.emulator.core.Instructions.mov;
import static picorn.emulator.core.Instructions.nop;
import static picorn.emulator.core.Instructions.svc;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.emulator.cpu.Reg;

/** PushStack, ExceptionTaken, ExceptionReturn and PopStack with basic frames (ARMv7-M ARM, B1.5.6 to B1.5.8). */
class ExceptionEntryAndReturnTest {
    private static final int N_AND_GE = 0x8005_0000;

    private final CoreRig rig = new CoreRig();

    private void fillRegisters() {
        rig.set(Reg.R0, 0xA0)
                .set(Reg.R1, 0xA1)
                .set(Reg.R2, 0xA2)
                .set(Reg.R3, 0xA3)
                .set(Reg.R12, 0xAC)
                .set(Reg.LR, 0xAE)
                .set(Reg.XPSR, CoreRig.T | N_AND_GE);
    }

    @Test
    void resetStartsAtTheVectorWithTheMainStack() {
        assertThat(rig.engine.pc()).isEqualTo(THREAD);
        assertThat(rig.get(Reg.SP)).isEqualTo(MAIN_STACK);
        assertThat(rig.get(Reg.LR)).isEqualTo(-1);
        assertThat(rig.get(Reg.XPSR)).isEqualTo(CoreRig.T);
        assertThat(rig.get(Reg.CONTROL)).isZero();
    }

    @Test
    void entryFromThreadStacksTheBasicFrameOnTheMainStack() {
        fillRegisters();
        rig.pend(PENDSV);
        assertThat(rig.words(MAIN_STACK - 32, 8))
                .containsExactly(0xA0, 0xA1, 0xA2, 0xA3, 0xAC, 0xAE, THREAD, CoreRig.T | N_AND_GE);
        assertThat(rig.get(Reg.MSP)).isEqualTo(MAIN_STACK - 32);
        assertThat(rig.get(Reg.LR)).isEqualTo(0xFFFF_FFF9);
        assertThat(rig.engine.pc()).isEqualTo(handlerAddress(PENDSV));
        assertThat(rig.ipsr()).isEqualTo(PENDSV);
    }

    @Test
    void entryFromThreadStacksOnTheProcessStackAndRunsOnTheMainStack() {
        rig.onProcessStack(1);
        fillRegisters();
        rig.pend(PENDSV);
        assertThat(rig.words(PROCESS_STACK - 32, 8))
                .containsExactly(0xA0, 0xA1, 0xA2, 0xA3, 0xAC, 0xAE, THREAD, CoreRig.T | N_AND_GE);
        assertThat(rig.get(Reg.PSP)).isEqualTo(PROCESS_STACK - 32);
        assertThat(rig.get(Reg.SP)).isEqualTo(MAIN_STACK);
        assertThat(rig.get(Reg.LR)).isEqualTo(0xFFFF_FFFD);
        assertThat(rig.get(Reg.CONTROL)).as("SPSEL clear, nPRIV kept").isEqualTo(1);
    }

    @Test
    void entryFromAHandlerStacksOnTheMainStack() {
        rig.onProcessStack(0).interrupt(0, 0x20).interrupt(1, 0x10);
        rig.pend(irq(0)).pend(irq(1));
        assertThat(rig.get(Reg.LR)).isEqualTo(0xFFFF_FFF1);
        assertThat(rig.get(Reg.MSP)).isEqualTo(MAIN_STACK - 32);
        assertThat(rig.word(MAIN_STACK - 8)).isEqualTo(handlerAddress(irq(0)));
        assertThat(rig.word(MAIN_STACK - 4) & 0x1FF).isEqualTo(irq(0));
    }

    @Test
    void returnRestoresAllThatEntryStacked() {
        rig.onProcessStack(1);
        fillRegisters();
        rig.handler(PENDSV, mov(Reg.R0, 1), mov(Reg.R12, 2), mov(Reg.LR, 0xFFFF_FFFD), bxLr());
        rig.pend(PENDSV).steps(4);
        assertThat(rig.get(Reg.R0)).isEqualTo(0xA0);
        assertThat(rig.get(Reg.R3)).isEqualTo(0xA3);
        assertThat(rig.get(Reg.R12)).isEqualTo(0xAC);
        assertThat(rig.get(Reg.LR)).isEqualTo(0xAE);
        assertThat(rig.get(Reg.XPSR)).isEqualTo(CoreRig.T | N_AND_GE);
        assertThat(rig.get(Reg.PSP)).isEqualTo(PROCESS_STACK);
        assertThat(rig.get(Reg.CONTROL)).isEqualTo(3);
        assertThat(rig.engine.pc()).isEqualTo(THREAD);
        assertThat(rig.core.currentException()).isZero();
    }

    @Test
    void aHandlerMayReturnToTheOtherStack() {
        rig.flash.put32(0, MAIN_STACK);
        rig.write(PROCESS_STACK - 32 + 24, 0x600).write(PROCESS_STACK - 32 + 28, CoreRig.T);
        rig.handler(SVCALL, mov(Reg.PSP, PROCESS_STACK - 32), mov(Reg.LR, 0xFFFF_FFFD), bxLr());
        rig.thread(svc(0)).steps(4);
        assertThat(rig.engine.pc()).isEqualTo(0x600);
        assertThat(rig.get(Reg.SP)).isEqualTo(PROCESS_STACK);
        assertThat(rig.get(Reg.MSP)).as("its own frame is abandoned there").isEqualTo(MAIN_STACK - 32);
    }

    @Test
    void reservedBitsOfAStackedXpsrAreNotLoaded() {
        rig.pend(PENDSV);
        rig.write(MAIN_STACK - 4, 0x01FF_0000);
        rig.step();
        assertThat(rig.get(Reg.XPSR)).isEqualTo(0x010F_0000);
    }

    @Test
    void itStateIsStackedClearedAndRestored() {
        int inItBlock = CoreRig.T | 0x0600_2400;
        rig.set(Reg.XPSR, inItBlock).pend(PENDSV);
        assertThat(rig.word(MAIN_STACK - 4)).isEqualTo(inItBlock);
        assertThat(rig.get(Reg.XPSR) & 0x0600_FC00).isZero();
        rig.step();
        assertThat(rig.get(Reg.XPSR)).isEqualTo(inItBlock);
    }

    @ParameterizedTest
    @CsvSource({
        // SP, STKALIGN, frame, bit 9 of the stacked xPSR
        "0x20004000, true, 0x20003FE0, false",
        "0x20004004, true, 0x20003FE0, true",
        "0x20004000, false, 0x20003FE0, false",
        "0x20004004, false, 0x20003FE4, false"
    })
    void stackAlignmentIsRecordedAndUndone(String sp, boolean stkAlign, String frame, boolean padded) {
        rig.write(SCS + 0xD14, stkAlign ? 0x200 : 0).set(Reg.MSP, Integer.decode(sp));
        rig.pend(PENDSV);
        assertThat(rig.get(Reg.MSP)).isEqualTo(Integer.decode(frame));
        assertThat((rig.word(Integer.decode(frame) + 28) & 1 << 9) != 0).isEqualTo(padded);
        rig.step();
        assertThat(rig.get(Reg.MSP)).isEqualTo(Integer.decode(sp));
        assertThat(rig.get(Reg.XPSR) & 1 << 9).isZero();
    }

    @Test
    void withoutStkAlignBit9OfTheStackedXpsrMovesNothing() {
        rig.write(SCS + 0xD14, 0).pend(PENDSV);
        rig.write(MAIN_STACK - 4, CoreRig.T | 1 << 9);
        rig.step();
        assertThat(rig.get(Reg.MSP)).isEqualTo(MAIN_STACK);
    }

    @Test
    void svcReturnsBehindItself() {
        rig.thread(svc(7), nop()).step();
        assertThat(rig.ipsr()).isEqualTo(SVCALL);
        assertThat(rig.word(MAIN_STACK - 8)).isEqualTo(THREAD + 2);
    }

    @Test
    void aVectorWithoutBit0ClearsT() {
        rig.flash.put32(4 * PENDSV, handlerAddress(PENDSV));
        rig.pend(PENDSV);
        assertThat(rig.get(Reg.XPSR) & CoreRig.T).isZero();
        rig.step();
        assertThat(rig.ipsr()).as("INVSTATE is a disabled UsageFault").isEqualTo(ExceptionNumber.HARD_FAULT);
        assertThat(rig.cfsr()).isEqualTo(1 << 17);
    }

    @Test
    void vectorsAreReadWhereVtorPoints() {
        rig.write(CoreRig.RAM + 0x80 + 4 * PENDSV, 0x3001).write(SCS + 0xD08, CoreRig.RAM + 0x80);
        rig.pend(PENDSV);
        assertThat(rig.engine.pc()).isEqualTo(0x3000);
    }

    @Test
    void entryAndReturnClearTheExclusiveMonitor() {
        rig.thread(ldrex()).handler(PENDSV, ldrex(), bxLr()).step().pend(PENDSV);
        assertThat(rig.engine.exclusiveIsClaimed()).isFalse();
        rig.step();
        assertThat(rig.engine.exclusiveIsClaimed()).isTrue();
        rig.step();
        assertThat(rig.engine.exclusiveIsClaimed()).isFalse();
    }

    @Test
    void resetClearsTheExclusiveMonitor() {
        rig.thread(ldrex()).step();
        rig.machine.reset();
        assertThat(rig.engine.exclusiveIsClaimed()).isFalse();
    }

    @Test
    void aFrameInFlashIsLostWithoutChangingIt() {
        rig.set(Reg.MSP, 0x8000).pend(PENDSV);
        assertThat(rig.ipsr()).isEqualTo(PENDSV);
        assertThat(rig.words(0x8000 - 32, 8)).containsOnly(0);
        assertThat(rig.machine.findings().all()).hasSize(1);
    }

    @Test
    void masksAndCalleeSavedRegistersAreLeftAlone() {
        rig.set(Reg.BASEPRI, 0x80).set(Reg.R4, 4).set(Reg.R11, 11).interrupt(0, 0x10);
        rig.pend(irq(0));
        assertThat(rig.get(Reg.BASEPRI)).isEqualTo(0x80);
        assertThat(rig.get(Reg.R4)).isEqualTo(4);
        assertThat(rig.get(Reg.R11)).isEqualTo(11);
    }
}
