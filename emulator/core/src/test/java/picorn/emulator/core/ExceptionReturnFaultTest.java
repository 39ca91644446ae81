// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.core.CoreRig.MAIN_STACK;
import static picorn.emulator.core.CoreRig.PROCESS_STACK;
import static picorn.emulator.core.CoreRig.SCS;
import static picorn.emulator.core.CoreRig.irq;
import static picorn.emulator.core.ExceptionNumber.BUS_FAULT;
import static picorn.emulator.core.ExceptionNumber.HARD_FAULT;
import static picorn.emulator.core.ExceptionNumber.NMI;
import static picorn.emulator.core.ExceptionNumber.PENDSV;
import static picorn.emulator.core.ExceptionNumber.SVCALL;
import static picorn.emulator.core.ExceptionNumber.USAGE_FAULT;
import static picorn.emulator.core.Instructions.bx;
import static picorn.emulator.core.Instructions.bxLr;
import static picorn.emulator.core.Instructions.mov;
import static picorn.emulator.core.Instructions.nop;
import static picorn.emulator.core.Instructions.str;
import static picorn.emulator.core.Instructions.svc;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.emulator.cpu.Reg;

/** The integrity checks on exception return, INVPC, and what derives from a return (ARMv7-M ARM, B1.5.8). */
class ExceptionReturnFaultTest {
    private static final int INVPC = 1 << 18;

    private final CoreRig rig = new CoreRig().enableFaults();

    private void assertInvpc(int excReturn) {
        assertThat(rig.ipsr()).isEqualTo(USAGE_FAULT);
        assertThat(rig.cfsr()).isEqualTo(INVPC);
        assertThat(rig.get(Reg.LR)).as("the value that was branched to").isEqualTo(excReturn);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xFFFF_FFF0, 0xFFFF_FFF3, 0xFFFF_FFF5, 0xFFFF_FFFB, 0xFFFF_FFFF, 0xFFFF_FFD9, 0xF000_0001})
    void anIllegalValueIsAUsageFaultOnTheSameFrame(int excReturn) {
        rig.handler(PENDSV, bx(excReturn)).pend(PENDSV).step();
        assertInvpc(excReturn);
        assertThat(rig.get(Reg.MSP)).isEqualTo(MAIN_STACK - 32);
        assertThat(rig.exceptions.isActive(PENDSV)).isFalse();
    }

    @Test
    void itIsAHardFaultWhileUsageFaultIsDisabled() {
        rig.write(SCS + 0xD24, 0).handler(PENDSV, bx(0xFFFF_FFF0)).pend(PENDSV).step();
        assertThat(rig.ipsr()).isEqualTo(HARD_FAULT);
        assertThat(rig.hfsr()).isEqualTo(1 << 30);
        assertThat(rig.cfsr()).isEqualTo(INVPC);
    }

    @Test
    void returningFromAnInactiveExceptionFaults() {
        rig.handler(SVCALL, str(SCS + 0xD24, 7 << 16), bxLr()).thread(svc(0)).steps(3);
        assertInvpc(0xFFFF_FFF9);
    }

    @Test
    void returningToThreadWithAnotherExceptionActiveFaults() {
        rig.interrupt(0, 0x20).interrupt(1, 0x10).handler(irq(1), bx(0xFFFF_FFF9));
        rig.pend(irq(0)).pend(irq(1)).step();
        assertInvpc(0xFFFF_FFF9);
    }

    @Test
    void nonBaseThreadEnableAllowsIt() {
        rig.write(SCS + 0xD14, 0x201).interrupt(0, 0x20).interrupt(1, 0x10).handler(irq(1), bx(0xFFFF_FFFD));
        rig.write(PROCESS_STACK + 24, 0x500).write(PROCESS_STACK + 28, CoreRig.T);
        rig.set(Reg.PSP, PROCESS_STACK);
        rig.pend(irq(0)).pend(irq(1)).step();
        assertThat(rig.ipsr()).isZero();
        assertThat(rig.engine.pc()).isEqualTo(0x500);
        assertThat(rig.exceptions.isActive(irq(0))).isTrue();
        assertThat(rig.pend(irq(0)).ipsr())
                .as("thread mode at the priority of IRQ 0")
                .isZero();
    }

    @Test
    void aThreadFrameUnderAHandlerReturnFaults() {
        rig.handler(PENDSV, bx(0xFFFF_FFF1)).pend(PENDSV).step();
        assertInvpc(0xFFFF_FFF1);
        assertThat(rig.get(Reg.MSP)).as("the frame is still there").isEqualTo(MAIN_STACK - 32);
    }

    @Test
    void aHandlerFrameUnderAThreadReturnFaults() {
        rig.pend(PENDSV);
        rig.write(MAIN_STACK - 4, CoreRig.T | SVCALL).step();
        assertInvpc(0xFFFF_FFF9);
    }

    @Test
    void theHandlerOfTheFaultReturnsOverTheSameFrame() {
        rig.set(Reg.R0, 0x1234).handler(PENDSV, bx(0xFFFF_FFF0)).handler(USAGE_FAULT, bx(0xFFFF_FFF9));
        rig.pend(PENDSV).steps(2);
        assertThat(rig.ipsr()).isZero();
        assertThat(rig.get(Reg.R0)).isEqualTo(0x1234);
        assertThat(rig.get(Reg.MSP)).isEqualTo(MAIN_STACK);
    }

    @Test
    void faultmaskIsClearedByAReturnButNotFromNmi() {
        rig.interrupt(0, 0x10).handler(irq(0), mov(Reg.FAULTMASK, 1), bxLr());
        rig.pend(irq(0)).steps(2);
        assertThat(rig.get(Reg.FAULTMASK)).isZero();
        rig.set(Reg.FAULTMASK, 1).pend(NMI).step();
        assertThat(rig.ipsr()).isZero();
        assertThat(rig.get(Reg.FAULTMASK)).isEqualTo(1);
    }

    @Test
    void faultmaskIsClearedByAnIllegalReturnToo() {
        rig.handler(PENDSV, mov(Reg.FAULTMASK, 1), bx(0xFFFF_FFF0)).pend(PENDSV).steps(2);
        assertInvpc(0xFFFF_FFF0);
        assertThat(rig.get(Reg.FAULTMASK)).isZero();
    }

    @Test
    void aFrameThatCannotBeReadIsABusFault() {
        rig.handler(PENDSV, mov(Reg.MSP, CoreRig.NOTHING), bxLr()).pend(PENDSV).steps(2);
        assertThat(rig.ipsr()).isEqualTo(BUS_FAULT);
        assertThat(rig.cfsr()).isEqualTo(1 << 11);
        assertThat(rig.get(Reg.MSP)).isEqualTo(CoreRig.NOTHING);
        assertThat(rig.get(Reg.LR)).isEqualTo(0xFFFF_FFF9);
    }

    @Test
    void anUnstackingFaultOfALowerPriorityThanWhatRunsIsForced() {
        rig.interrupt(0, 0x20).interrupt(1, 0x10);
        rig.write(SCS + 0xD18, 0x20 << 8); // BusFault no higher than IRQ 0
        rig.handler(irq(1), mov(Reg.MSP, CoreRig.NOTHING), bxLr());
        rig.pend(irq(0)).pend(irq(1)).steps(2);
        assertThat(rig.ipsr()).isEqualTo(HARD_FAULT);
        assertThat(rig.hfsr()).isEqualTo(1 << 30);
        assertThat(rig.cfsr()).isEqualTo(1 << 11);
    }

    @Test
    void anIllegalReturnFromNmiIntoHardFaultLocksUp() {
        rig.handler(NMI, bx(0xFFFF_FFF0)).handler(HARD_FAULT, nop());
        rig.pend(HARD_FAULT).pend(NMI).step();
        assertThat(rig.core.lockedUp()).isTrue();
    }
}
