// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.core.CoreRig.MAIN_STACK;
import static picorn.emulator.core.CoreRig.NOTHING;
import static picorn.emulator.core.CoreRig.PROCESS_STACK;
import static picorn.emulator.core.CoreRig.RAM;
import static picorn.emulator.core.CoreRig.SCS;
import static picorn.emulator.core.CoreRig.THREAD;
import static picorn.emulator.core.CoreRig.irq;
import static picorn.emulator.core.ExceptionNumber.BUS_FAULT;
import static picorn.emulator.core.ExceptionNumber.DEBUG_MONITOR;
import static picorn.emulator.core.ExceptionNumber.HARD_FAULT;
import static picorn.emulator.core.ExceptionNumber.MEM_MANAGE;
import static picorn.emulator.core.ExceptionNumber.NMI;
import static picorn.emulator.core.ExceptionNumber.PENDSV;
import static picorn.emulator.core.ExceptionNumber.SVCALL;
import static picorn.emulator.core.ExceptionNumber.USAGE_FAULT;
import static picorn.emulator.core.Instructions.bkpt;
import static picorn.emulator.core.Instructions.bx;
import static picorn.emulator.core.Instructions.bxLr;
import static picorn.emulator.core.Instructions.faulting;
import static picorn.emulator.core.Instructions.ldr;
import static picorn.emulator.core.Instructions.msr;
import static picorn.emulator.core.Instructions.nop;
import static picorn.emulator.core.Instructions.str;
import static picorn.emulator.core.Instructions.svc;
import static picorn.emulator.core.Instructions.udf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.emulator.cpu.Reg;
import picorn.emulator.cpu.Stop;

/** Faults, their status registers, escalation and lock-up (ARMv7-M ARM, B1.5.14 and B1.5.15). */
class FaultTest {
    private static final int SHCSR = SCS + 0xD24;
    private static final int BFAR = SCS + 0xD38;
    private static final int FORCED = 1 << 30;
    private static final int VECTTBL = 2;
    private static final int DEBUGEVT = 1 << 31;
    private static final int LOW_PRIORITY_FAULTS = 0x80_80_80;

    private final CoreRig rig = new CoreRig();

    @ParameterizedTest
    @CsvSource({
        "UNDEFINED_INSTRUCTION, 16",
        "INVALID_STATE, 17",
        "NO_COPROCESSOR, 19",
        "UNALIGNED, 24",
        "DIVIDE_BY_ZERO, 25"
    })
    void usageFaultsSetTheirBitAndReturnToTheInstruction(Stop.Fault fault, int bit) {
        rig.enableFaults().thread(faulting(fault, 0)).step();
        assertThat(rig.ipsr()).isEqualTo(USAGE_FAULT);
        assertThat(rig.cfsr()).isEqualTo(1 << bit);
        assertThat(rig.hfsr()).isZero();
        assertThat(rig.word(MAIN_STACK - 8)).isEqualTo(THREAD);
    }

    @Test
    void aDisabledFaultIsForced() {
        rig.thread(udf()).step();
        assertThat(rig.ipsr()).isEqualTo(HARD_FAULT);
        assertThat(rig.hfsr()).isEqualTo(FORCED);
        assertThat(rig.cfsr()).isEqualTo(1 << 16);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x20, 0x10, 0x00})
    void aFaultAtItsOwnOrAHigherPriorityIsForced(int running) {
        rig.enableFaults().write(SCS + 0xD18, 0x20 << 16).interrupt(0, running).handler(irq(0), udf());
        rig.pend(irq(0)).step();
        assertThat(rig.ipsr()).isEqualTo(HARD_FAULT);
        assertThat(rig.hfsr()).isEqualTo(FORCED);
    }

    @Test
    void aFaultUnderPrimaskIsForced() {
        rig.enableFaults().set(Reg.PRIMASK, 1).thread(udf()).step();
        assertThat(rig.ipsr()).isEqualTo(HARD_FAULT);
    }

    @Test
    void svcAtTooLowAPriorityIsForced() {
        rig.set(Reg.BASEPRI, 0x10).write(SCS + 0xD1C, 0x20 << 24).thread(svc(0)).step();
        assertThat(rig.ipsr()).isEqualTo(HARD_FAULT);
        assertThat(rig.hfsr()).isEqualTo(FORCED);
        assertThat(rig.cfsr()).isZero();
        assertThat(rig.exceptions.isPending(SVCALL)).isFalse();
    }

    @Test
    void nmiPreemptsHardFault() {
        rig.thread(udf()).handler(HARD_FAULT, nop(), bxLr()).step().pend(NMI);
        assertThat(rig.ipsr()).isEqualTo(NMI);
        assertThat(rig.get(Reg.LR)).isEqualTo(0xFFFF_FFF1);
        rig.step();
        assertThat(rig.ipsr()).isEqualTo(HARD_FAULT);
    }

    @ParameterizedTest
    @ValueSource(ints = {HARD_FAULT, NMI})
    void aFaultInHardFaultOrNmiLocksUp(int handler) {
        rig.enableFaults().handler(handler, udf()).pend(handler).step();
        assertThat(rig.core.lockedUp()).isTrue();
        assertThat(rig.core.canRun()).isFalse();
        long then = rig.engine.cycles();
        rig.steps(10);
        assertThat(rig.engine.cycles()).isEqualTo(then);
    }

    @Test
    void svcInHardFaultLocksUp() {
        rig.handler(HARD_FAULT, svc(0)).pend(HARD_FAULT).step();
        assertThat(rig.core.lockedUp()).isTrue();
    }

    @Test
    void aFaultUnderFaultmaskLocksUp() {
        rig.enableFaults().set(Reg.FAULTMASK, 1).thread(udf()).step();
        assertThat(rig.core.lockedUp()).isTrue();
    }

    @Test
    void resetEndsLockUp() {
        rig.set(Reg.FAULTMASK, 1).thread(udf()).step();
        rig.machine.reset();
        assertThat(rig.core.lockedUp()).isFalse();
        assertThat(rig.get(Reg.FAULTMASK)).isZero();
        assertThat(rig.hfsr()).isZero();
        assertThat(rig.core.canRun()).isTrue();
    }

    @Test
    void resetInAHandlerStartsInThreadMode() {
        rig.pend(PENDSV);
        rig.machine.reset();
        assertThat(rig.core.currentException()).isZero();
        assertThat(rig.ipsr()).isZero();
        assertThat(rig.pend(PENDSV).get(Reg.LR)).isEqualTo(0xFFFF_FFF9);
    }

    @Test
    void aResetVectorThatCannotBeReadLocksUp() {
        rig.machine.bus().unmap((picorn.emulator.bus.Region.Memory)
                rig.machine.bus().at(0).orElseThrow());
        rig.machine.reset();
        assertThat(rig.core.lockedUp()).isTrue();
        assertThat(rig.hfsr()).isEqualTo(VECTTBL);
    }

    @Test
    void aLoadFromNothingIsAPreciseBusFault() {
        rig.enableFaults().thread(nop(), ldr(NOTHING + 8)).steps(2);
        assertThat(rig.ipsr()).isEqualTo(BUS_FAULT);
        assertThat(rig.cfsr()).isEqualTo(1 << 9 | 1 << 15);
        assertThat(rig.word(BFAR)).isEqualTo(NOTHING + 8);
        assertThat(rig.word(MAIN_STACK - 8)).isEqualTo(THREAD + 2);
        assertThat(rig.engine.cycles())
                .as("a faulted instruction does not count")
                .isEqualTo(1);
    }

    @Test
    void aStoreToNothingIsAnImpreciseBusFaultBehindIt() {
        rig.enableFaults().thread(str(NOTHING, 1), nop(), nop());
        rig.core.run(100);
        assertThat(rig.engine.cycles()).isEqualTo(1);
        rig.take();
        assertThat(rig.ipsr()).isEqualTo(BUS_FAULT);
        assertThat(rig.cfsr()).as("BFAR is not valid").isEqualTo(1 << 10);
        assertThat(rig.word(MAIN_STACK - 8)).isEqualTo(THREAD + 2);
    }

    @Test
    void anImpreciseBusFaultThatIsDisabledIsForced() {
        rig.thread(str(NOTHING, 1)).step().take();
        assertThat(rig.ipsr()).isEqualTo(HARD_FAULT);
        assertThat(rig.hfsr()).isEqualTo(FORCED);
    }

    @Test
    void anImpreciseBusFaultThatIsMaskedWaits() {
        rig.enableFaults().write(SCS + 0xD18, LOW_PRIORITY_FAULTS).interrupt(0, 0x20);
        rig.handler(irq(0), str(NOTHING, 1), nop(), bxLr()).pend(irq(0)).steps(2);
        assertThat(rig.ipsr()).isEqualTo(irq(0));
        assertThat(rig.exceptions.isPending(BUS_FAULT)).isTrue();
        rig.step();
        assertThat(rig.ipsr()).isEqualTo(BUS_FAULT);
    }

    @Test
    void withoutWriteBufferStoresFaultPrecisely() {
        rig.enableFaults().write(SCS + 0x008, 2).thread(str(NOTHING, 1)).step();
        assertThat(rig.ipsr()).isEqualTo(BUS_FAULT);
        assertThat(rig.cfsr()).isEqualTo(1 << 9 | 1 << 15);
        assertThat(rig.word(MAIN_STACK - 8)).isEqualTo(THREAD);
    }

    @Test
    void storesToThePrivatePeripheralBusAreNotBuffered() {
        rig.enableFaults().thread(str(0xE000_5000, 1)).step();
        assertThat(rig.cfsr()).isEqualTo(1 << 9 | 1 << 15);
    }

    @Test
    void bfhfnmignLetsHardFaultProbe() {
        rig.write(SCS + 0xD14, 0x300).set(Reg.R0, 5);
        rig.handler(HARD_FAULT, ldr(NOTHING), str(NOTHING, 1), nop())
                .pend(HARD_FAULT)
                .steps(3);
        assertThat(rig.core.lockedUp()).isFalse();
        assertThat(rig.cfsr()).isZero();
        assertThat(rig.exceptions.isPending(HARD_FAULT)).isFalse();
    }

    @Test
    void bfhfnmignLetsCodeUnderFaultmaskProbe() {
        rig.write(SCS + 0xD14, 0x300)
                .set(Reg.FAULTMASK, 1)
                .thread(ldr(NOTHING), nop())
                .steps(2);
        assertThat(rig.core.lockedUp()).isFalse();
        assertThat(rig.engine.cycles()).isEqualTo(2);
    }

    @Test
    void bfhfnmignChangesNothingElsewhere() {
        rig.write(SCS + 0xD14, 0x300).enableFaults().thread(ldr(NOTHING)).step();
        assertThat(rig.ipsr()).isEqualTo(BUS_FAULT);
    }

    @Test
    void aFetchFromNothingIsABusFault() {
        rig.enableFaults().thread(bx(NOTHING | 1)).steps(2);
        assertThat(rig.ipsr()).isEqualTo(BUS_FAULT);
        assertThat(rig.cfsr()).isEqualTo(1 << 8);
        assertThat(rig.word(MAIN_STACK - 8)).isEqualTo(NOTHING);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x4000_0000, CoreRig.SDRAM, 0xA000_0000, 0xE000_0000, 0xFFFF_FFF8})
    void aFetchFromExecuteNeverMemoryIsAMemManage(int address) {
        rig.enableFaults().thread(bx(address | 1)).steps(2);
        assertThat(rig.ipsr()).isEqualTo(MEM_MANAGE);
        assertThat(rig.cfsr()).as("IACCVIOL without MMARVALID").isEqualTo(1);
    }

    @Test
    void aVectorThatCannotBeReadIsAHardFaultAndTheExceptionWaits() {
        rig.write(SCS + 0xD08, NOTHING).enableFaults();
        rig.flash.put32(4 * HARD_FAULT, CoreRig.handlerAddress(HARD_FAULT) | 1);
        rig.write(SCS + 0xD08, RAM + CoreRig.RAM_SIZE - 0x80); // of 107 vectors 32 are in memory
        rig.write(RAM + CoreRig.RAM_SIZE - 0x80 + 4 * HARD_FAULT, CoreRig.handlerAddress(HARD_FAULT) | 1);
        rig.interrupt(20, 0x10).pend(irq(20));
        assertThat(rig.ipsr()).isEqualTo(HARD_FAULT);
        assertThat(rig.hfsr()).isEqualTo(VECTTBL);
        assertThat(rig.cfsr()).isZero();
        assertThat(rig.exceptions.isPending(irq(20))).isTrue();
        assertThat(rig.get(Reg.MSP)).isEqualTo(MAIN_STACK - 32);
    }

    @ParameterizedTest
    @ValueSource(ints = {HARD_FAULT, NMI})
    void aVectorOfHardFaultOrNmiThatCannotBeReadLocksUp(int exception) {
        rig.write(SCS + 0xD08, NOTHING).pend(exception);
        assertThat(rig.core.lockedUp()).isTrue();
        assertThat(rig.hfsr()).isEqualTo(VECTTBL);
    }

    @Test
    void aStackingFaultThatIsDisabledIsForced() {
        rig.set(Reg.MSP, NOTHING).pend(PENDSV);
        assertThat(rig.ipsr()).isEqualTo(HARD_FAULT);
        assertThat(rig.hfsr()).isEqualTo(FORCED);
        assertThat(rig.cfsr()).isEqualTo(1 << 12);
    }

    @Test
    void aStackingFaultOnTheWayToNmiFromHardFaultLocksUp() {
        rig.pend(HARD_FAULT).set(Reg.MSP, NOTHING).pend(NMI);
        assertThat(rig.core.lockedUp()).isTrue();
    }

    @Test
    void anMpuRefusalOfTheFrameIsAMemManage() {
        rig.enableFaults().onProcessStack(1).write(SCS + 0xD94, 5).pend(PENDSV);
        assertThat(rig.ipsr()).isEqualTo(MEM_MANAGE);
        assertThat(rig.cfsr()).isEqualTo(1 << 4);
        assertThat(rig.get(Reg.PSP)).isEqualTo(PROCESS_STACK - 32);
        rig.write(SCS + 0xD28, 1 << 4).step();
        assertThat(rig.ipsr()).as("chained: PendSV is still to come").isEqualTo(PENDSV);
        rig.step();
        assertThat(rig.ipsr()).isEqualTo(MEM_MANAGE);
        assertThat(rig.cfsr()).as("and the frame cannot be read either").isEqualTo(1 << 3);
    }

    @Test
    void theMpuJudgesUnstackingAsTheContextReturnedTo() {
        rig.onProcessStack(1)
                .handler(HARD_FAULT, nop(), bxLr())
                .pend(HARD_FAULT)
                .write(SCS + 0xD94, 5)
                .steps(2);
        assertThat(rig.cfsr()).as("on again below priority -1").isEqualTo(1 << 3);
        assertThat(rig.hfsr()).isEqualTo(FORCED);
        assertThat(rig.ipsr()).isEqualTo(HARD_FAULT);
    }

    @Test
    void bkptWithoutDebuggerIsAHardFault() {
        rig.thread(bkpt(1)).step();
        assertThat(rig.ipsr()).isEqualTo(HARD_FAULT);
        assertThat(rig.hfsr()).isEqualTo(DEBUGEVT);
        assertThat(rig.word(SCS + 0xD30)).as("DFSR.BKPT").isEqualTo(2);
        assertThat(rig.word(MAIN_STACK - 8)).isEqualTo(THREAD);
    }

    @Test
    void bkptGoesToTheDebugMonitor() {
        rig.write(SCS + 0xDFC, 1 << 16).thread(bkpt(1)).step();
        assertThat(rig.ipsr()).isEqualTo(DEBUG_MONITOR);
        assertThat(rig.word(SCS + 0xD30)).isEqualTo(2);
        assertThat(rig.hfsr()).isZero();
        assertThat(rig.word(MAIN_STACK - 8)).isEqualTo(THREAD);
    }

    @Test
    void bkptThatTheDebugMonitorCannotServeIsADebugEventHardFault() {
        rig.write(SCS + 0xDFC, 1 << 16).set(Reg.PRIMASK, 1).thread(bkpt(1)).step();
        assertThat(rig.ipsr()).isEqualTo(HARD_FAULT);
        assertThat(rig.hfsr()).isEqualTo(DEBUGEVT);
    }

    @Test
    void bkptInHardFaultLocksUp() {
        rig.handler(HARD_FAULT, bkpt(1)).pend(HARD_FAULT).step();
        assertThat(rig.core.lockedUp()).isTrue();
    }

    @Test
    void aServedBkptGoesOnBehindItself() {
        rig.machine.onBreakpoint(
                immediate -> immediate == 0xAB ? CoreListener.Served.DONE : CoreListener.Served.NOT_MINE);
        rig.thread(bkpt(0xAB)).step();
        assertThat(rig.ipsr()).isZero();
        assertThat(rig.engine.pc()).isEqualTo(THREAD + 2);
    }

    @Test
    void aDebugMonitorThatIsPendedByHandRunsOnceWithoutMonEn() {
        rig.thread(str(SCS + 0xDFC, 1 << 17), nop()).handler(DEBUG_MONITOR, str(SCS + 0xDFC, 1 << 24), bxLr());
        rig.step().take();
        assertThat(rig.ipsr()).isEqualTo(DEBUG_MONITOR);
        assertThat(rig.word(SCS + 0xDFC) & 1 << 17)
                .as("MON_PEND shows the pending state")
                .isZero();
        rig.steps(2);
        assertThat(rig.ipsr()).isZero();
    }

    @Test
    void aPendedFaultThatIsDisabledWaitsForItsEnable() {
        rig.write(SHCSR, 1 << 13).take();
        assertThat(rig.ipsr()).isZero();
        assertThat(rig.word(SHCSR)).isEqualTo(1 << 13);
        rig.write(SHCSR, 1 << 16 | 1 << 13).take();
        assertThat(rig.ipsr()).isEqualTo(MEM_MANAGE);
    }

    @Test
    void aHigherInterruptThatIsPendingRunsBeforeTheHandlerOfAFault() {
        rig.enableFaults().write(SCS + 0xD18, LOW_PRIORITY_FAULTS).interrupt(0, 0x10);
        rig.thread(engine -> {
            rig.exceptions.pend(irq(0));
            udf().execute(engine);
        });
        assertThat(rig.step().ipsr()).isEqualTo(irq(0));
        assertThat(rig.step().ipsr()).isEqualTo(USAGE_FAULT);
    }

    @Test
    void faultmaskInAFaultHandlerSwitchesTheMaskOffByReturn() {
        rig.enableFaults()
                .thread(udf())
                .handler(USAGE_FAULT, msr(Reg.FAULTMASK, 1), bxLr())
                .steps(2);
        assertThat(rig.get(Reg.FAULTMASK)).isOne();
        rig.step();
        assertThat(rig.get(Reg.FAULTMASK)).isZero();
    }
}
