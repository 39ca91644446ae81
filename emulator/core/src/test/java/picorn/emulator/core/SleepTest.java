// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.core.CoreRig.SCS;
import static picorn.emulator.core.CoreRig.THREAD;
import static picorn.emulator.core.CoreRig.irq;
import static picorn.emulator.core.ExceptionNumber.PENDSV;
import static picorn.emulator.core.ExceptionNumber.SYSTICK;
import static picorn.emulator.core.Instructions.bxLr;
import static picorn.emulator.core.Instructions.nop;
import static picorn.emulator.core.Instructions.sev;
import static picorn.emulator.core.Instructions.svc;
import static picorn.emulator.core.Instructions.wfe;
import static picorn.emulator.core.Instructions.wfi;

import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.Reg;

/** WFI, WFE, the event register, SLEEPONEXIT and SEVONPEND (ARMv7-M ARM, B1.5.17 to B1.5.19). */
class SleepTest {
    private static final int SCR = SCS + 0xD10;
    private static final int SLEEPONEXIT = 2;
    private static final int SEVONPEND = 16;

    private final CoreRig rig = new CoreRig();

    private void assertAsleep(Core.Sleep sleep) {
        assertThat(rig.core.canRun()).isFalse();
        assertThat(rig.core.sleep()).isEqualTo(sleep);
        long then = rig.engine.cycles();
        rig.steps(5);
        assertThat(rig.engine.cycles()).isEqualTo(then);
    }

    @Test
    void wfiSleepsUntilAnInterrupt() {
        rig.interrupt(0, 0x10).thread(wfi()).step();
        assertAsleep(Core.Sleep.WFI);
        rig.pend(irq(0));
        assertThat(rig.ipsr()).isEqualTo(irq(0));
        assertThat(rig.word(CoreRig.MAIN_STACK - 8)).isEqualTo(THREAD + 2);
    }

    @Test
    void aPendingInterruptThatIsMaskedByPrimaskEndsWfiButIsNotTaken() {
        rig.interrupt(0, 0x10).set(Reg.PRIMASK, 1).thread(wfi(), nop()).step();
        rig.exceptions.pend(irq(0));
        assertThat(rig.core.canRun()).isTrue();
        rig.step();
        assertThat(rig.ipsr()).isZero();
        assertThat(rig.engine.pc()).isEqualTo(THREAD + 4);
    }

    @Test
    void wfiDoesNotSleepOnWhatIsPendingAlready() {
        rig.interrupt(0, 0x10).set(Reg.PRIMASK, 1).thread(wfi(), nop());
        rig.exceptions.pend(irq(0));
        rig.steps(2);
        assertThat(rig.engine.pc()).isEqualTo(THREAD + 4);
    }

    @Test
    void whatBasepriMasksOrIsDisabledOrRanksTooLowDoesNotEndWfi() {
        rig.interrupt(0, 0x80).set(Reg.BASEPRI, 0x80).thread(wfi()).step();
        rig.exceptions.pend(irq(0));
        rig.exceptions.pend(irq(1));
        assertAsleep(Core.Sleep.WFI);
        CoreRig inHandler = new CoreRig().interrupt(0, 0x10).interrupt(1, 0x10);
        inHandler.handler(irq(0), wfi()).pend(irq(0)).step();
        inHandler.exceptions.pend(irq(1));
        assertThat(inHandler.core.canRun()).isFalse();
    }

    @Test
    void wfeConsumesAnEventAndGoesOn() {
        rig.thread(sev(), wfe(), wfe()).steps(2);
        assertThat(rig.core.sleep()).isEqualTo(Core.Sleep.AWAKE);
        rig.step();
        assertAsleep(Core.Sleep.WFE);
    }

    @Test
    void exceptionReturnSetsTheEventRegister() {
        rig.thread(svc(0), wfe(), wfe()).steps(3);
        assertThat(rig.core.sleep()).isEqualTo(Core.Sleep.AWAKE);
        rig.step();
        assertAsleep(Core.Sleep.WFE);
    }

    @Test
    void wfeEndsByAnInterruptThatIsTaken() {
        rig.interrupt(0, 0x10).thread(wfe()).step();
        assertAsleep(Core.Sleep.WFE);
        assertThat(rig.pend(irq(0)).ipsr()).isEqualTo(irq(0));
    }

    @Test
    void wfeDoesNotEndByAnInterruptUnderPrimask() {
        rig.interrupt(0, 0x10).set(Reg.PRIMASK, 1).thread(wfe()).step();
        rig.exceptions.pend(irq(0));
        assertAsleep(Core.Sleep.WFE);
    }

    @Test
    void sevOnPendWakesByAnyInterruptThatBecomesPending() {
        rig.write(SCR, SEVONPEND).thread(wfe(), wfe()).step();
        assertAsleep(Core.Sleep.WFE);
        rig.exceptions.pend(irq(7)); // disabled
        rig.step();
        assertThat(rig.engine.pc()).isEqualTo(THREAD + 4);
        rig.exceptions.pend(irq(7)); // pending still: no transition
        assertAsleep(Core.Sleep.WFE);
    }

    @Test
    void sevOnPendCountsSystemExceptionsToo() {
        rig.write(SCR, SEVONPEND).set(Reg.PRIMASK, 1).thread(wfe(), nop()).step();
        rig.exceptions.pend(SYSTICK);
        assertThat(rig.core.canRun()).isTrue();
    }

    @Test
    void anEventDoesNotEndWfi() {
        rig.write(SCR, SEVONPEND).thread(wfi()).step();
        rig.exceptions.pend(irq(7));
        assertAsleep(Core.Sleep.WFI);
    }

    @Test
    void sleepOnExitSleepsWhenTheLastHandlerReturns() {
        rig.interrupt(0, 0x10).write(SCR, SLEEPONEXIT).pend(irq(0)).step();
        assertThat(rig.ipsr()).isZero();
        assertAsleep(Core.Sleep.WFI);
        assertThat(rig.pend(irq(0)).ipsr()).isEqualTo(irq(0));
    }

    @Test
    void sleepOnExitDoesNothingBetweenHandlers() {
        rig.write(SCS + 0xD20, 0xF0 << 16).interrupt(0, 0x20).interrupt(1, 0x10).write(SCR, SLEEPONEXIT);
        rig.handler(irq(0), nop(), bxLr())
                .pend(irq(0))
                .step()
                .pend(irq(1))
                .pend(PENDSV)
                .step();
        assertThat(rig.ipsr()).isEqualTo(irq(0));
        assertThat(rig.core.sleep()).isEqualTo(Core.Sleep.AWAKE);
        rig.step();
        assertThat(rig.ipsr()).as("tail-chained").isEqualTo(PENDSV);
        assertThat(rig.core.sleep()).isEqualTo(Core.Sleep.AWAKE);
        rig.step();
        assertAsleep(Core.Sleep.WFI);
    }

    @Test
    void resetWakes() {
        rig.thread(wfi()).step();
        rig.machine.reset();
        assertThat(rig.core.canRun()).isTrue();
    }
}
