// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.core.CoreRig.MICROSECOND;
import static picorn.emulator.core.CoreRig.THREAD;
import static picorn.emulator.core.CoreRig.handlerAddress;
import static picorn.emulator.core.CoreRig.irq;
import static picorn.emulator.core.Instructions.bkpt;
import static picorn.emulator.core.Instructions.bx;
import static picorn.emulator.core.Instructions.bxLr;
import static picorn.emulator.core.Instructions.ldr;
import static picorn.emulator.core.Instructions.nop;
import static picorn.emulator.core.Instructions.str;
import static picorn.emulator.core.Instructions.svc;
import static picorn.emulator.core.Instructions.wfi;

import org.junit.jupiter.api.Test;
import picorn.emulator.core.DebugPoints.Watch;
import picorn.emulator.cpu.Access;
import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Outcome;

/** A debugger's halts and steps, where exceptions begin and end. */
class HaltingTest {
    private static final int DEVICE = 0x4000_0000;

    private final CoreRig rig = new CoreRig().thread(nop(), nop(), nop(), bx(THREAD | 1));
    private final Machine machine = rig.machine;
    private final DebugPoints points = rig.core.points();

    private Outcome go() {
        points.resume();
        return machine.run(machine.now() + 1000L * MICROSECOND);
    }

    private Outcome step() {
        points.resume();
        return machine.step(machine.now() + 1000L * MICROSECOND);
    }

    @Test
    void aBreakpointAtAHandlersFirstInstructionHaltsBeforeIt() {
        rig.interrupt(3, 0x10).handler(irq(3), nop(), bxLr());
        points.setBreakpoint(handlerAddress(irq(3)));
        rig.exceptions.pend(irq(3));
        assertThat(go()).isEqualTo(new Outcome.Breakpoint(handlerAddress(irq(3))));
        assertThat(machine.instructions()).isZero();
    }

    @Test
    void aBreakpointWhereAnExceptionReturnsHaltsBeforeIt() {
        rig.thread(svc(0), nop(), bx(THREAD | 1)).handler(ExceptionNumber.SVCALL, bxLr());
        points.setBreakpoint(THREAD + 2);
        assertThat(go()).isEqualTo(new Outcome.Breakpoint(THREAD + 2));
        assertThat(machine.instructions()).isEqualTo(2);
    }

    @Test
    void aBreakpointBehindAWaitHaltsBeforeIt() {
        rig.thread(wfi(), nop()).interrupt(0, 0x10).handler(irq(0), bxLr());
        points.setBreakpoint(THREAD + 2);
        machine.events().event("wake", () -> rig.exceptions.pend(irq(0))).at(70L * MICROSECOND);
        assertThat(go()).isEqualTo(new Outcome.Breakpoint(THREAD + 2));
    }

    @Test
    void aBreakpointIsPassedOnceWhenTheCoreGoesOnFromIt() {
        points.setBreakpoint(THREAD + 2);
        go();
        assertThat(go()).isEqualTo(new Outcome.Breakpoint(THREAD + 2));
        assertThat(machine.instructions()).isEqualTo(1 + 4);
    }

    @Test
    void aClearedBreakpointDoesNotHalt() {
        points.setBreakpoint(THREAD + 2);
        points.clearBreakpoint(THREAD + 2);
        assertThat(go()).isEqualTo(new Outcome.TimeReached());
    }

    @Test
    void aStepExecutesOneInstruction() {
        assertThat(step()).isEqualTo(new Outcome.Stepped());
        assertThat(rig.engine.pc()).isEqualTo(THREAD + 2);
        assertThat(machine.instructions()).isEqualTo(1);
    }

    @Test
    void aStepThatTakesAnExceptionEndsBeforeItsFirstInstruction() {
        rig.interrupt(3, 0x10).handler(irq(3), nop(), bxLr());
        rig.exceptions.pend(irq(3));
        step();
        assertThat(rig.engine.pc()).isEqualTo(handlerAddress(irq(3)));
        assertThat(machine.instructions()).isZero();
        step();
        assertThat(rig.engine.pc()).isEqualTo(handlerAddress(irq(3)) + 2);
        step();
        assertThat(rig.engine.pc()).as("returned").isEqualTo(THREAD);
    }

    @Test
    void aStepOfASleepingCoreEndsWithTheExceptionThatWakesIt() {
        rig.thread(wfi(), nop()).interrupt(0, 0x10).handler(irq(0), bxLr());
        machine.events().event("wake", () -> rig.exceptions.pend(irq(0))).at(70L * MICROSECOND);
        step();
        assertThat(step()).isEqualTo(new Outcome.Stepped());
        assertThat(rig.engine.pc()).isEqualTo(handlerAddress(irq(0)));
        assertThat(machine.now()).isEqualTo(70L * MICROSECOND);
    }

    @Test
    void aBkptHaltsIfADebuggerAsksForIt() {
        rig.thread(nop(), bkpt(1));
        points.onBkpt(DebugPoints.OnBkpt.HALT);
        assertThat(go()).isEqualTo(new Outcome.Bkpt(THREAD + 2));
        assertThat(rig.core.currentException()).isZero();
    }

    @Test
    void aWatchedRegisterHaltsBeforeItIsAccessedAndIsPassedOnce() {
        int[] writes = {0};
        rig.device(DEVICE, () -> writes[0]++).thread(nop(), str(DEVICE + 4, 7), ldr(DEVICE + 4), bx(THREAD | 1));
        machineWatches(Watch.WRITE);
        assertThat(go()).isEqualTo(new Outcome.Watchpoint(DEVICE + 4, Access.WRITE));
        assertThat(rig.engine.pc()).isEqualTo(THREAD + 2);
        assertThat(writes[0]).isZero();
        assertThat(go()).isEqualTo(new Outcome.Watchpoint(DEVICE + 4, Access.WRITE));
        assertThat(writes[0]).isEqualTo(1);
        assertThat(rig.cfsr()).as("no fault").isZero();
    }

    @Test
    void readsAreWatchedApart() {
        rig.device(DEVICE, () -> {}).thread(str(DEVICE + 4, 7), ldr(DEVICE + 4), bx(THREAD | 1));
        machineWatches(Watch.READ);
        assertThat(go()).isEqualTo(new Outcome.Watchpoint(DEVICE + 4, Access.READ));
        assertThat(rig.engine.pc()).isEqualTo(THREAD + 2);
    }

    @Test
    void nothingHaltsOnceAllIsCleared() {
        rig.device(DEVICE, () -> {}).thread(str(DEVICE + 4, 7), bx(THREAD | 1));
        machineWatches(Watch.ANY);
        points.setBreakpoint(THREAD);
        points.clear();
        assertThat(go()).isEqualTo(new Outcome.TimeReached());
    }

    private void machineWatches(Watch watch) {
        points.watch(DEVICE + 4, 2, watch);
    }
}
