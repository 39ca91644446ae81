// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.core.CoreRig.MAIN_STACK;
import static picorn.emulator.core.CoreRig.NOTHING;
import static picorn.emulator.core.CoreRig.SCS;
import static picorn.emulator.core.CoreRig.THREAD;
import static picorn.emulator.core.CoreRig.handlerAddress;
import static picorn.emulator.core.CoreRig.irq;
import static picorn.emulator.core.ExceptionNumber.BUS_FAULT;
import static picorn.emulator.core.ExceptionNumber.HARD_FAULT;
import static picorn.emulator.core.ExceptionNumber.MEM_MANAGE;
import static picorn.emulator.core.ExceptionNumber.PENDSV;
import static picorn.emulator.core.ExceptionNumber.USAGE_FAULT;
import static picorn.emulator.core.Instructions.bxLr;
import static picorn.emulator.core.Instructions.mov;
import static picorn.emulator.core.Instructions.nop;
import static picorn.emulator.core.Instructions.vmov;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.emulator.cpu.Context;
import picorn.emulator.cpu.Limit;
import picorn.emulator.cpu.Reg;

/** Extended frames, stacked lazily or at once: UpdateFPCCR, ExecuteFPCheck, PreserveFPState (ARMv7-M ARM, B1.5.6 and B1.5.7). */
class FloatingPointStackingTest {
    private static final int FPCCR = SCS + 0xF34;
    private static final int FPCAR = SCS + 0xF38;
    private static final int FPDSCR = SCS + 0xF3C;
    private static final int CPACR = SCS + 0xD88;
    private static final int EAGER = 0x8000_0000;
    private static final int UNTOUCHED = 0x5A5A_5A5A;
    private static final int FRAME = MAIN_STACK - 0x68;

    /** The two ways of an engine: it shows the first floating-point instruction, or it does not and all is stacked at once. */
    enum Way {
        LAZY,
        ALWAYS_EAGER;

        CoreRig rig() {
            return floatingPointInThread(newRig());
        }

        CoreRig newRig() {
            return this == LAZY ? new CoreRig() : new CoreRig(Limit.FP_ALWAYS_ENABLED);
        }
    }

    /** Thread code has used the FPU: S0 to S15 are 0x100 on, FPSCR is 0x90000000, the stack is marked. */
    private static CoreRig floatingPointInThread(CoreRig rig) {
        rig.enableFpu().thread(vmov(Reg.S0, 0x100)).step();
        for (int i = 1; i < 32; i++) {
            rig.set(Reg.single(i), 0x100 + i);
        }
        rig.set(Reg.FPSCR, 0x9000_0000);
        for (int address = FRAME - 0x100; address < MAIN_STACK; address += 4) {
            rig.write(address, UNTOUCHED);
        }
        return rig;
    }

    private static int[] floatingPointFrame(CoreRig rig) {
        return rig.words(FRAME + 0x20, 17);
    }

    private static int[] saved() {
        int[] words = new int[17];
        for (int i = 0; i < 16; i++) {
            words[i] = 0x100 + i;
        }
        words[16] = 0x9000_0000;
        return words;
    }

    @ParameterizedTest
    @EnumSource
    void entryReservesTheExtendedFrame(Way way) {
        CoreRig rig = way.rig();
        rig.pend(PENDSV);
        assertThat(rig.get(Reg.MSP)).isEqualTo(FRAME);
        assertThat(rig.get(Reg.LR)).isEqualTo(0xFFFF_FFE9);
        assertThat(rig.get(Reg.CONTROL)).as("FPCA").isZero();
        assertThat(rig.word(FRAME + 0x18)).isEqualTo(THREAD + 2);
        assertThat(rig.word(FRAME + 0x64)).as("reserved").isEqualTo(UNTOUCHED);
    }

    @ParameterizedTest
    @EnumSource
    void theStateComesBackWhateverTheHandlerDoes(Way way) {
        CoreRig rig = way.rig();
        rig.handler(PENDSV, vmov(Reg.S0, 1), vmov(Reg.S15, 2), mov(Reg.FPSCR, 0), bxLr());
        rig.pend(PENDSV).steps(4);
        while (rig.ipsr() != 0) {
            rig.step();
        }
        assertThat(rig.get(Reg.S0)).isEqualTo(0x100);
        assertThat(rig.get(Reg.S15)).isEqualTo(0x10F);
        assertThat(rig.get(Reg.FPSCR)).isEqualTo(0x9000_0000);
        assertThat(rig.get(Reg.CONTROL)).as("FPCA").isEqualTo(4);
        assertThat(rig.get(Reg.MSP)).isEqualTo(MAIN_STACK);
        assertThat(rig.engine.pc()).isEqualTo(THREAD + 2);
    }

    @ParameterizedTest
    @EnumSource
    void extendedFramesAreAlwaysAligned(Way way) {
        CoreRig rig = way.rig();
        rig.write(SCS + 0xD14, 0).set(Reg.MSP, MAIN_STACK - 4).pend(PENDSV);
        assertThat(rig.get(Reg.MSP)).isEqualTo(FRAME - 8);
        assertThat(rig.word(FRAME - 8 + 28) & 1 << 9).isNotZero();
        rig.step();
        assertThat(rig.get(Reg.MSP)).isEqualTo(MAIN_STACK - 4);
    }

    @Test
    void anEngineWithoutLazyStoppingStacksAtOnce() {
        CoreRig rig = Way.ALWAYS_EAGER.rig();
        rig.pend(PENDSV);
        assertThat(floatingPointFrame(rig)).containsExactly(saved());
        assertThat(rig.word(FPCCR) & 1).isZero();
    }

    @Test
    void withoutLspenAllIsStackedAtOnce() {
        CoreRig rig = Way.LAZY.rig();
        rig.write(FPCCR, EAGER).pend(PENDSV);
        assertThat(floatingPointFrame(rig)).containsExactly(saved());
        assertThat(rig.word(FPCCR) & 1).isZero();
        assertThat(rig.engine.context().fp()).isEqualTo(Context.Fp.ENABLED);
    }

    @ParameterizedTest
    @EnumSource
    void withoutAspenTheFrameIsBasic(Way way) {
        CoreRig rig = way.newRig().enableFpu().write(FPCCR, 0);
        rig.thread(vmov(Reg.S0, 0x100)).step().pend(PENDSV);
        assertThat(rig.get(Reg.MSP)).isEqualTo(MAIN_STACK - 32);
        assertThat(rig.get(Reg.LR)).isEqualTo(0xFFFF_FFF9);
    }

    @Test
    void aContextThatBeganBeforeAspenWasClearedIsStacked() {
        CoreRig rig = Way.LAZY.rig();
        rig.write(FPCCR, 0).pend(PENDSV);
        assertThat(floatingPointFrame(rig)).containsExactly(saved());
        assertThat(rig.get(Reg.LR)).isEqualTo(0xFFFF_FFE9);
    }

    @Test
    void withoutAspenFpscrStaysWhatItIs() {
        CoreRig rig = new CoreRig().enableFpu().write(FPCCR, 0).write(FPDSCR, 0x0200_0000);
        rig.thread(vmov(Reg.S0, 1), vmov(Reg.S1, 2)).step();
        assertThat(rig.get(Reg.FPSCR)).isZero();
        rig.write(FPCCR, EAGER).step();
        assertThat(rig.get(Reg.FPSCR)).as("a context begins").isEqualTo(0x0200_0000);
    }

    @Test
    void lazyEntryNotesWhereTheStateBelongs() {
        CoreRig rig = Way.LAZY.rig();
        rig.pend(PENDSV);
        assertThat(floatingPointFrame(rig)).containsOnly(UNTOUCHED);
        assertThat(rig.word(FPCAR)).isEqualTo(FRAME + 0x20);
        assertThat(rig.word(FPCCR) & 1).as("LSPACT").isOne();
        rig.take();
        assertThat(rig.engine.context().fp()).isEqualTo(Context.Fp.LAZY);
    }

    @Test
    void theFirstFloatingPointInstructionOfTheHandlerSavesTheState() {
        CoreRig rig = Way.LAZY.rig();
        rig.handler(PENDSV, vmov(Reg.S3, 7), bxLr()).pend(PENDSV).steps(2);
        assertThat(floatingPointFrame(rig)).containsExactly(saved());
        assertThat(rig.word(FPCCR) & 1).isZero();
        assertThat(rig.get(Reg.S3)).as("the instruction was executed then").isEqualTo(7);
        assertThat(rig.ipsr()).isEqualTo(PENDSV);
        rig.step();
        assertThat(rig.get(Reg.S3)).isEqualTo(0x103);
    }

    @Test
    void aReturnWithoutFloatingPointNeverTouchesTheFrame() {
        CoreRig rig = Way.LAZY.rig();
        rig.pend(PENDSV).step();
        assertThat(floatingPointFrame(rig)).containsOnly(UNTOUCHED);
        assertThat(rig.get(Reg.S5)).isEqualTo(0x105);
        assertThat(rig.word(FPCCR) & 1).isZero();
        rig.step();
        assertThat(rig.engine.context().fp()).isEqualTo(Context.Fp.ENABLED);
    }

    @Test
    void aNestedHandlerSavesTheStateOfTheOutermostContext() {
        CoreRig rig = Way.LAZY.rig();
        rig.interrupt(0, 0x20).interrupt(1, 0x10).handler(irq(1), vmov(Reg.S0, 9), bxLr());
        rig.pend(irq(0)).pend(irq(1));
        assertThat(rig.get(Reg.LR))
                .as("the interrupted handler has no state of its own")
                .isEqualTo(0xFFFF_FFF1);
        rig.steps(2);
        assertThat(floatingPointFrame(rig)).containsExactly(saved());
        rig.steps(2);
        assertThat(rig.ipsr()).isZero();
        assertThat(rig.get(Reg.S0)).isEqualTo(0x100);
    }

    @Test
    void nestedExtendedFramesEachKeepTheirState() {
        CoreRig rig = Way.LAZY.rig();
        rig.interrupt(0, 0x20).interrupt(1, 0x10);
        rig.handler(irq(0), vmov(Reg.S0, 8), bxLr()).handler(irq(1), vmov(Reg.S0, 9), bxLr());
        rig.pend(irq(0)).steps(2).pend(irq(1));
        assertThat(rig.get(Reg.LR)).isEqualTo(0xFFFF_FFE1);
        rig.steps(3);
        assertThat(rig.ipsr()).isEqualTo(irq(0));
        assertThat(rig.get(Reg.S0)).isEqualTo(8);
        rig.step();
        assertThat(rig.get(Reg.S0)).isEqualTo(0x100);
    }

    @Test
    void tailChainingKeepsTheDeferredState() {
        CoreRig rig = Way.LAZY.rig();
        rig.interrupt(0, 0x20).handler(PENDSV, vmov(Reg.S0, 9), bxLr());
        rig.write(SCS + 0xD20, 0xF0 << 16);
        rig.pend(irq(0)).pend(PENDSV).step();
        assertThat(rig.ipsr()).isEqualTo(PENDSV);
        assertThat(rig.get(Reg.LR)).isEqualTo(0xFFFF_FFE9);
        rig.steps(2);
        assertThat(floatingPointFrame(rig)).containsExactly(saved());
        rig.step();
        assertThat(rig.get(Reg.S0)).isEqualTo(0x100);
    }

    @ParameterizedTest
    @CsvSource({
        // nPRIV of thread mode, FPCCR but ASPEN, LSPEN and MONRDY
        "0, 0x79",
        "1, 0x7B"
    })
    void fpccrRecordsWhoseStateItIsAndWhatItMayRaise(int nPriv, String bits) {
        CoreRig rig = Way.LAZY.rig();
        rig.enableFaults().set(Reg.CONTROL, 4 | nPriv).pend(PENDSV);
        assertThat(rig.word(FPCCR) & 0x7F).isEqualTo(Integer.decode(bits));
    }

    @Test
    void readinessOfTheDebugMonitorNeedsMonEn() {
        CoreRig rig = Way.LAZY.rig();
        rig.write(SCS + 0xDFC, 1 << 16).pend(PENDSV);
        assertThat(rig.word(FPCCR) & 0x1FF).isEqualTo(0x119);
    }

    @Test
    void readinessIsThatOfThePriorityInterrupted() {
        CoreRig rig = Way.LAZY.rig();
        rig.enableFaults().write(SCS + 0xD18, 0x00_20_30).interrupt(0, 0x20).interrupt(1, 0x10);
        rig.handler(irq(0), vmov(Reg.S0, 0), nop()).pend(irq(0)).steps(2).pend(irq(1));
        assertThat(rig.word(FPCCR) & 0x7F)
                .as("HFRDY, LSPACT; MemManage and BusFault rank too low")
                .isEqualTo(0x11);
    }

    @Test
    void aHandlerThatStartsWithFloatingPointHasTheDefaultFpscr() {
        for (Way way : Way.values()) {
            CoreRig rig = way.rig();
            rig.write(FPDSCR, 0x0100_0000).set(Reg.FPSCR, 0x90C0_0000);
            rig.handler(PENDSV, vmov(Reg.S0, 0), nop()).pend(PENDSV).steps(2);
            assertThat(rig.get(Reg.FPSCR) & 0x07C0_0000).as(way.name()).isEqualTo(0x0100_0000);
        }
    }

    @Test
    void aNewContextAfterABasicReturnHasTheDefaultFpscr() {
        CoreRig rig = new CoreRig().enableFpu().write(FPDSCR, 0x0200_0000);
        rig.handler(PENDSV, vmov(Reg.S0, 0), mov(Reg.FPSCR, 0x00C0_0000), bxLr())
                .pend(PENDSV)
                .steps(3);
        rig.thread(vmov(Reg.S1, 1)).step();
        assertThat(rig.get(Reg.FPSCR)).isEqualTo(0x0200_0000);
    }

    @Test
    void theDefaultFpscrIsThatOfTheFirstInstructionOfAContext() {
        CoreRig rig = new CoreRig().enableFpu().thread(Instructions.str(FPDSCR, 0x0300_0000), vmov(Reg.S0, 1));
        rig.steps(2);
        assertThat(rig.get(Reg.FPSCR)).isEqualTo(0x0300_0000);
        rig.write(FPDSCR, 0).step();
        assertThat(rig.get(Reg.FPSCR)).as("this context has begun").isEqualTo(0x0300_0000);
    }

    @Test
    void cpacrDenialIsAUsageFault() {
        CoreRig rig = new CoreRig().enableFaults().thread(vmov(Reg.S0, 0)).step();
        assertThat(rig.ipsr()).isEqualTo(USAGE_FAULT);
        assertThat(rig.cfsr()).isEqualTo(1 << 19);
        assertThat(rig.word(MAIN_STACK - 8)).isEqualTo(THREAD);
    }

    @Test
    void cpacrMayAllowPrivilegedCodeOnly() {
        CoreRig rig = new CoreRig().enableFaults().write(CPACR, 5 << 20).thread(vmov(Reg.S0, 0), vmov(Reg.S0, 0));
        rig.step();
        assertThat(rig.ipsr()).isZero();
        rig.set(Reg.CONTROL, 1).step();
        assertThat(rig.ipsr()).isEqualTo(USAGE_FAULT);
        assertThat(rig.cfsr()).isEqualTo(1 << 19);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 7, 8, 10})
    void otherAccessesOfCpacrDeny(int cp10and11) {
        CoreRig rig = new CoreRig()
                .write(CPACR, cp10and11 << 20)
                .thread(vmov(Reg.S0, 0))
                .step();
        assertThat(rig.ipsr()).isEqualTo(HARD_FAULT);
    }

    @Test
    void cpacrDeniesBeforeStateIsSaved() {
        CoreRig rig = Way.LAZY.rig();
        rig.enableFaults().handler(PENDSV, vmov(Reg.S0, 0)).write(SCS + 0xD20, 0xF0 << 16);
        rig.pend(PENDSV).write(CPACR, 0).step();
        assertThat(rig.ipsr()).isEqualTo(USAGE_FAULT);
        assertThat(rig.cfsr()).isEqualTo(1 << 19);
        assertThat(floatingPointFrame(rig)).containsOnly(UNTOUCHED);
    }

    @Test
    void eagerStackingWithoutTheRightIsAUsageFault() {
        CoreRig rig = Way.LAZY.rig();
        rig.enableFaults().write(FPCCR, EAGER).write(CPACR, 0).write(SCS + 0xD20, 0xF0 << 16);
        rig.pend(PENDSV);
        assertThat(rig.ipsr()).isEqualTo(USAGE_FAULT);
        assertThat(rig.cfsr()).isEqualTo(1 << 19);
        assertThat(rig.exceptions.isPending(PENDSV)).isTrue();
    }

    @Test
    void unstackingWithoutTheRightIsAUsageFault() {
        CoreRig rig = Way.LAZY.rig();
        rig.enableFaults().write(FPCCR, EAGER).pend(PENDSV).write(CPACR, 0).step();
        assertThat(rig.ipsr()).isEqualTo(USAGE_FAULT);
        assertThat(rig.cfsr()).isEqualTo(1 << 19);
        assertThat(rig.get(Reg.MSP)).isEqualTo(FRAME);
    }

    @Test
    void aBusErrorWhileSavingLazilyIsTakenAndTheInstructionTriedAgain() {
        CoreRig rig = Way.LAZY.rig();
        rig.enableFaults().write(SCS + 0xD20, 0xF0 << 16).handler(PENDSV, vmov(Reg.S0, 4), bxLr());
        rig.pend(PENDSV).write(FPCAR, NOTHING).step();
        assertThat(rig.ipsr()).isEqualTo(BUS_FAULT);
        assertThat(rig.cfsr()).isEqualTo(1 << 13);
        assertThat(rig.word(rig.get(Reg.MSP) + 24)).isEqualTo(handlerAddress(PENDSV));
        rig.write(FPCAR, FRAME + 0x20).steps(3);
        assertThat(floatingPointFrame(rig)).containsExactly(saved());
        assertThat(rig.get(Reg.S0)).isEqualTo(4);
    }

    @Test
    void aBusErrorThatOnlyWaitsLetsTheHandlerGoOn() {
        CoreRig rig = Way.LAZY.rig();
        rig.enableFaults().write(SCS + 0xD18, 0x80 << 8).handler(PENDSV, vmov(Reg.S0, 4), bxLr());
        rig.pend(PENDSV).write(FPCAR, NOTHING).steps(2);
        assertThat(rig.ipsr()).isEqualTo(PENDSV);
        assertThat(rig.get(Reg.S0)).isEqualTo(4);
        assertThat(rig.exceptions.isPending(BUS_FAULT)).isTrue();
        rig.step();
        assertThat(rig.ipsr()).as("tail-chained").isEqualTo(BUS_FAULT);
    }

    @Test
    void aBusErrorWhoseHandlerWasNotReadyIsForced() {
        CoreRig rig = Way.LAZY.rig();
        rig.handler(PENDSV, vmov(Reg.S0, 4), bxLr()).pend(PENDSV);
        rig.enableFaults().write(FPCAR, NOTHING).step();
        assertThat(rig.ipsr()).isEqualTo(HARD_FAULT);
        assertThat(rig.hfsr()).isEqualTo(1 << 30);
        assertThat(rig.cfsr()).isEqualTo(1 << 13);
    }

    @Test
    void theMpuJudgesLazySavingAsTheContextItBelongsTo() {
        CoreRig rig = Way.LAZY.rig();
        rig.enableFaults().write(SCS + 0xD20, 0xF0 << 16).set(Reg.CONTROL, 5);
        rig.handler(PENDSV, vmov(Reg.S0, 4), bxLr()).pend(PENDSV);
        rig.write(SCS + 0xD94, 5).step(); // the default map, for privileged code only
        assertThat(rig.ipsr()).isEqualTo(MEM_MANAGE);
        assertThat(rig.cfsr()).isEqualTo(1 << 5);
    }
}
