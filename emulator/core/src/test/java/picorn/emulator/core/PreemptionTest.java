// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.core.CoreRig.MAIN_STACK;
import static picorn.emulator.core.CoreRig.SCS;
import static picorn.emulator.core.CoreRig.handlerAddress;
import static picorn.emulator.core.CoreRig.irq;
import static picorn.emulator.core.ExceptionNumber.BUS_FAULT;
import static picorn.emulator.core.ExceptionNumber.HARD_FAULT;
import static picorn.emulator.core.ExceptionNumber.NMI;
import static picorn.emulator.core.ExceptionNumber.PENDSV;
import static picorn.emulator.core.ExceptionNumber.SVCALL;
import static picorn.emulator.core.ExceptionNumber.SYSTICK;
import static picorn.emulator.core.Instructions.bxLr;
import static picorn.emulator.core.Instructions.msr;
import static picorn.emulator.core.Instructions.nop;
import static picorn.emulator.core.Instructions.str;
import static picorn.emulator.core.Instructions.svc;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.emulator.cpu.Reg;

/** Which exception is taken and when: priorities, masks, nesting, tail-chaining, late arrival (ARMv7-M ARM, B1.5.4). */
class PreemptionTest {
    private static final int AIRCR = SCS + 0xD0C;
    private static final int DEVICE = 0x4000_0000;

    private final CoreRig rig = new CoreRig();

    @Test
    void aHigherPriorityNestsAndTheInterruptedHandlerGoesOn() {
        rig.interrupt(0, 0x20).interrupt(1, 0x10).handler(irq(0), nop(), bxLr());
        rig.pend(irq(0)).step().pend(irq(1));
        assertThat(rig.ipsr()).isEqualTo(irq(1));
        assertThat(rig.get(Reg.MSP)).isEqualTo(MAIN_STACK - 64);
        rig.step();
        assertThat(rig.ipsr()).isEqualTo(irq(0));
        assertThat(rig.engine.pc()).isEqualTo(handlerAddress(irq(0)) + 2);
        rig.step();
        assertThat(rig.ipsr()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x20, 0x30, 0xF0})
    void anEqualOrLowerPriorityWaits(int priority) {
        rig.interrupt(0, 0x20).interrupt(1, priority);
        rig.pend(irq(0)).pend(irq(1));
        assertThat(rig.ipsr()).isEqualTo(irq(0));
        assertThat(rig.exceptions.isPending(irq(1))).isTrue();
    }

    @Test
    void tailChainingLeavesTheFrameWhereItIs() {
        rig.interrupt(0, 0x10).interrupt(1, 0x20);
        rig.set(Reg.R0, 1).pend(irq(0)).pend(irq(1));
        rig.write(MAIN_STACK - 32, 0x77); // what is written into the frame now is neither lost nor read before the end
        rig.set(Reg.R0, 2).step();
        assertThat(rig.ipsr()).isEqualTo(irq(1));
        assertThat(rig.get(Reg.R0)).isEqualTo(2);
        assertThat(rig.get(Reg.MSP)).isEqualTo(MAIN_STACK - 32);
        assertThat(rig.get(Reg.LR)).isEqualTo(0xFFFF_FFF9);
        assertThat(rig.word(MAIN_STACK - 32)).isEqualTo(0x77);
        rig.step();
        assertThat(rig.ipsr()).isZero();
        assertThat(rig.get(Reg.R0)).isEqualTo(0x77);
    }

    @Test
    void whatWaitsBelowANestedHandlerIsNotChained() {
        rig.interrupt(0, 0x20).interrupt(1, 0x10).interrupt(2, 0x20);
        rig.pend(irq(0)).pend(irq(1)).pend(irq(2)).step();
        assertThat(rig.ipsr()).isEqualTo(irq(0));
        rig.step();
        assertThat(rig.ipsr()).isEqualTo(irq(2));
    }

    @Test
    void anInterruptThatComesDuringStackingIsServedFirst() {
        rig.interrupt(0, 0x20).interrupt(1, 0x10);
        rig.device(DEVICE, () -> rig.exceptions.pend(irq(1))).set(Reg.MSP, DEVICE + 0x80);
        rig.exceptions.pend(irq(0));
        assertThat(rig.handlersUntilThread()).containsExactly(irq(1), irq(0));
        assertThat(rig.get(Reg.MSP)).as("one frame served both").isEqualTo(DEVICE + 0x80);
        assertThat(rig.word(DEVICE + 0x80 - 8)).isEqualTo(CoreRig.THREAD);
        assertThat(rig.word(DEVICE + 0x80 - 4)).isEqualTo(CoreRig.T);
    }

    @Test
    void aStackingFaultThatRanksHigherIsServedFirst() {
        rig.enableFaults().interrupt(0, 0x20).set(Reg.MSP, CoreRig.NOTHING).pend(irq(0));
        assertThat(rig.ipsr()).isEqualTo(BUS_FAULT);
        assertThat(rig.exceptions.isPending(irq(0))).isTrue();
        assertThat(rig.cfsr()).isEqualTo(1 << 12);
    }

    @Test
    void aStackingFaultThatRanksLowerWaits() {
        rig.enableFaults().write(SCS + 0xD18, 0x80 << 8).interrupt(0, 0x20);
        rig.set(Reg.MSP, CoreRig.NOTHING).pend(irq(0));
        assertThat(rig.ipsr()).isEqualTo(irq(0));
        assertThat(rig.exceptions.isPending(BUS_FAULT)).isTrue();
        assertThat(rig.get(Reg.MSP)).as("the stack pointer has moved").isEqualTo(CoreRig.NOTHING - 32);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void priorityGroupingDecidesWhatPreempts(int group) {
        int groupMask = 0xFF << group + 1 & 0xFF;
        for (int running = 0; running < 256; running += 16) {
            for (int comes = 0; comes < 256; comes += 16) {
                rig.machine.reset();
                rig.write(AIRCR, 0x05FA_0000 | group << 8).interrupt(0, running).interrupt(1, comes);
                rig.pend(irq(0)).pend(irq(1));
                assertThat(rig.ipsr() == irq(1))
                        .as("PRIGROUP %d, %02x comes while %02x runs", group, comes, running)
                        .isEqualTo((comes & groupMask) < (running & groupMask));
            }
        }
    }

    @Test
    void ofPendingOnesTheSubPriorityAndThenTheNumberDecides() {
        rig.write(AIRCR, 0x05FA_0700).interrupt(0, 0x30).interrupt(1, 0x20).interrupt(2, 0x20);
        rig.exceptions.pend(irq(0));
        rig.exceptions.pend(irq(2));
        rig.exceptions.pend(irq(1));
        assertThat(rig.handlersUntilThread()).containsExactly(irq(1), irq(2), irq(0));
    }

    @Test
    void unimplementedPriorityBitsReadAsZero() {
        rig.write(SCS + 0x400, 0xFFFF_FFFF);
        assertThat(rig.word(SCS + 0x400)).isEqualTo(0xF0F0_F0F0);
    }

    @ParameterizedTest
    @CsvSource({"0x00, true", "0x0F, true", "0x40, true", "0x30, false", "0x20, false", "0x3F, false"})
    void basepriHoldsBackItsPriorityAndLower(String basepri, boolean taken) {
        rig.interrupt(0, 0x30).set(Reg.BASEPRI, Integer.decode(basepri)).pend(irq(0));
        assertThat(rig.ipsr() == irq(0)).isEqualTo(taken);
    }

    @Test
    void basepriIsGrouped() {
        rig.write(AIRCR, 0x05FA_0500).interrupt(0, 0x00).interrupt(1, 0x40);
        rig.set(Reg.BASEPRI, 0x70).pend(irq(1));
        assertThat(rig.ipsr()).as("0x40 and 0x70 are one group").isZero();
        assertThat(rig.pend(irq(0)).ipsr()).isEqualTo(irq(0));
    }

    @Test
    void primaskHoldsBackAllButNmiAndHardFault() {
        rig.interrupt(0, 0).set(Reg.PRIMASK, 1).pend(irq(0));
        assertThat(rig.ipsr()).isZero();
        assertThat(rig.pend(HARD_FAULT).ipsr()).isEqualTo(HARD_FAULT);
        assertThat(rig.pend(NMI).ipsr()).isEqualTo(NMI);
    }

    @Test
    void faultmaskHoldsBackAllButNmi() {
        rig.interrupt(0, 0).set(Reg.FAULTMASK, 1).pend(irq(0)).pend(HARD_FAULT);
        assertThat(rig.ipsr()).isZero();
        assertThat(rig.pend(NMI).ipsr()).isEqualTo(NMI);
    }

    @Test
    void unmaskingLetsThePendingInterruptInAtOnce() {
        rig.interrupt(0, 0x10).thread(msr(Reg.PRIMASK, 1), nop(), msr(Reg.PRIMASK, 0), nop());
        rig.step();
        rig.exceptions.pend(irq(0));
        rig.core.run(1000);
        assertThat(rig.ipsr())
                .as("stopped behind the instruction that unmasked")
                .isZero();
        assertThat(rig.engine.cycles()).isEqualTo(3);
        rig.take();
        assertThat(rig.ipsr()).isEqualTo(irq(0));
        assertThat(rig.engine.reportsUnmasking()).isFalse();
    }

    @Test
    void unmaskingIsNotWatchedWhileOnlyADisabledInterruptIsPending() {
        rig.pend(irq(0));
        assertThat(rig.engine.reportsUnmasking()).isFalse();
    }

    @Test
    void raisingThePriorityOfAPendingInterruptLetsItIn() {
        rig.interrupt(0, 0x20).interrupt(1, 0x30).handler(irq(0), str(SCS + 0x400, 0x0000_1020), nop());
        rig.pend(irq(0)).pend(irq(1));
        rig.core.run(1000);
        assertThat(rig.engine.cycles()).as("the store ends the slice").isEqualTo(1);
        assertThat(rig.take().ipsr()).isEqualTo(irq(1));
    }

    @Test
    void activePriorityFollowsTheRegisterWhileTheHandlerRuns() {
        rig.interrupt(0, 0x20).interrupt(1, 0x20).handler(irq(0), str(SCS + 0x400, 0x0000_2030), nop());
        rig.pend(irq(0)).pend(irq(1)).step().take();
        assertThat(rig.ipsr()).isEqualTo(irq(1));
    }

    @Test
    void svcIsServedBeforeALowerInterruptThatIsPending() {
        rig.interrupt(0, 0xF0).thread(msr(Reg.PRIMASK, 0), svc(0));
        rig.step();
        rig.exceptions.disable(irq(0));
        rig.exceptions.pend(irq(0));
        rig.step();
        assertThat(rig.ipsr()).isEqualTo(SVCALL);
    }

    @Test
    void pendSvRunsWhenEverythingElseIsDone() {
        rig.write(SCS + 0xD20, 0x00F0_0000).interrupt(0, 0x10);
        rig.exceptions.pend(PENDSV);
        rig.exceptions.pend(irq(0));
        rig.exceptions.pend(SYSTICK);
        assertThat(rig.handlersUntilThread()).containsExactly(SYSTICK, irq(0), PENDSV);
    }

    @Test
    void anAssertedLinePendsAgainWhenItsHandlerReturns() {
        rig.interrupt(3, 0x10);
        rig.exceptions.line(3).set(true);
        rig.take();
        assertThat(rig.exceptions.isPending(irq(3))).isFalse();
        rig.step();
        assertThat(rig.ipsr()).as("tail-chained into itself").isEqualTo(irq(3));
        rig.exceptions.line(3).set(false);
        rig.step();
        assertThat(rig.ipsr()).isZero();
    }

    @Test
    void drivingALineThatIsAssertedAlreadyIsNoNewEdge() {
        rig.interrupt(3, 0x10);
        rig.exceptions.line(3).set(true);
        rig.take();
        rig.exceptions.line(3).set(true);
        rig.exceptions.line(3).set(false);
        assertThat(rig.exceptions.isPending(irq(3))).isFalse();
    }

    @Test
    void aPulseWhileTheHandlerRunsIsKept() {
        rig.interrupt(3, 0x10);
        rig.exceptions.line(3).set(true);
        rig.take();
        rig.exceptions.line(3).set(false);
        rig.exceptions.line(3).set(true);
        rig.exceptions.line(3).set(false);
        rig.step();
        assertThat(rig.ipsr()).isEqualTo(irq(3));
        assertThat(rig.exceptions.isPending(irq(3))).isFalse();
    }

    @Test
    void aPulseBeforeTheHandlerRunsIsOneActivation() {
        rig.interrupt(3, 0x10);
        rig.exceptions.line(3).set(true);
        rig.exceptions.line(3).set(false);
        assertThat(rig.handlersUntilThread()).containsExactly(irq(3));
    }

    @Test
    void clearingPendOfAnAssertedLineHasNoEffectThatLasts() {
        rig.exceptions.line(3).set(true);
        rig.write(SCS + 0x280, 1 << 3);
        assertThat(rig.exceptions.isPending(irq(3))).isTrue();
        rig.exceptions.line(3).set(false);
        assertThat(rig.exceptions.isPending(irq(3))).as("latched").isTrue();
        rig.write(SCS + 0x280, 1 << 3);
        assertThat(rig.exceptions.isPending(irq(3))).isFalse();
    }

    @Test
    void anExceptionThatSoftwareTakesBackDuringStackingIsTakenAllTheSame() {
        rig.interrupt(0, 0x20);
        rig.device(DEVICE, () -> rig.exceptions.unpend(irq(0))).set(Reg.MSP, DEVICE + 0x80);
        rig.pend(irq(0));
        assertThat(rig.ipsr()).isEqualTo(irq(0));
        assertThat(rig.handlersUntilThread()).isEmpty();
        assertThat(rig.pend(irq(0)).ipsr()).isEqualTo(irq(0));
    }
}
