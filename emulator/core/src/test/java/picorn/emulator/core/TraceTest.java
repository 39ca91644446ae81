// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.core.CoreRig.MICROSECOND;
import static picorn.emulator.core.CoreRig.SCS;
import static picorn.emulator.core.Instructions.ldr;
import static picorn.emulator.core.Instructions.nop;
import static picorn.emulator.core.Instructions.str;
import static picorn.emulator.core.Instructions.strb;
import static picorn.emulator.core.Instructions.wfi;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.emulator.cpu.Reg;

/** DWT's cycle counter and ITM's stimulus ports (ARMv7-M ARM, C1.7 and C1.8). */
class TraceTest {
    private static final int DEMCR = SCS + 0xDFC;
    private static final int TRCENA = 1 << 24;
    private static final int DWT_CTRL = 0xE000_1000;
    private static final int DWT_CYCCNT = 0xE000_1004;
    private static final int ITM_STIM0 = 0xE000_0000;
    private static final int ITM_TER = 0xE000_0E00;
    private static final int ITM_TPR = 0xE000_0E40;
    private static final int ITM_TCR = 0xE000_0E80;

    private final CoreRig rig = new CoreRig();

    private void enableItm(int ports) {
        rig.write(DEMCR, TRCENA).write(ITM_TCR, 1).write(ITM_TER, ports);
    }

    @Test
    void cyccntCountsInstructions() {
        rig.write(DEMCR, TRCENA).write(DWT_CYCCNT, 0xFFFF_FFFE).write(DWT_CTRL, 1);
        rig.thread(nop(), nop(), nop(), ldr(DWT_CYCCNT)).steps(4);
        assertThat(rig.get(Reg.R0)).as("it wraps").isOne();
    }

    @Test
    void cyccntCanBeSetWhileItCountsAndStopped() {
        rig.write(DEMCR, TRCENA)
                .write(DWT_CTRL, 1)
                .steps(10)
                .write(DWT_CYCCNT, 100)
                .steps(5);
        assertThat(rig.word(DWT_CYCCNT)).isEqualTo(105);
        rig.write(DWT_CTRL, 0).steps(10);
        assertThat(rig.word(DWT_CYCCNT)).isEqualTo(105);
        rig.write(DWT_CTRL, 1).steps(2);
        assertThat(rig.word(DWT_CYCCNT)).isEqualTo(107);
    }

    @Test
    void cyccntStandsStillWithoutTrcena() {
        rig.write(DWT_CTRL, 1).steps(10);
        assertThat(rig.word(DWT_CYCCNT)).isZero();
        rig.write(DEMCR, TRCENA).steps(3);
        assertThat(rig.word(DWT_CYCCNT)).isEqualTo(3);
        rig.write(DEMCR, 0).steps(3);
        assertThat(rig.word(DWT_CYCCNT)).isEqualTo(3);
    }

    @Test
    void cyccntStandsStillInSleep() {
        rig.write(DEMCR, TRCENA).write(DWT_CTRL, 1).thread(nop(), wfi());
        rig.machine.events().event("something", () -> {}).at(500L * MICROSECOND);
        rig.machine.run(400L * MICROSECOND);
        assertThat(rig.word(DWT_CYCCNT)).isEqualTo(2);
    }

    @Test
    void resetStopsCyccnt() {
        rig.write(DEMCR, TRCENA).write(DWT_CTRL, 1).steps(10);
        rig.machine.reset();
        rig.steps(3);
        assertThat(rig.word(DWT_CYCCNT)).isZero();
        assertThat(rig.word(DWT_CTRL)).as("four comparators").isEqualTo(0x4000_0000);
    }

    @Test
    void whatIsWrittenToAStimulusPortIsOutput() {
        enableItm(1 | 1 << 31);
        assertThat(rig.word(ITM_STIM0)).as("ready").isOne();
        rig.thread(strb(ITM_STIM0, 'H'), strb(ITM_STIM0, 'i'), str(ITM_STIM0 + 4 * 31, 0x6463_6261))
                .steps(3);
        assertThat(rig.traced).hasToString("0H0i31a31b31c31d");
        rig.write(ITM_STIM0 + 4 * 32, 1, 'x');
        assertThat(rig.traced).as("there are 32 ports").hasToString("0H0i31a31b31c31d");
    }

    @ParameterizedTest
    @CsvSource({"0x01000000, 1, 2", "0x01000000, 0, 1", "0, 1, 1"})
    void aPortThatIsOffReadsAsNotReadyAndSwallows(String demcr, int tcr, int ter) {
        rig.write(DEMCR, Integer.decode(demcr)).write(ITM_TCR, tcr).write(ITM_TER, ter);
        assertThat(rig.word(ITM_STIM0)).isZero();
        rig.thread(strb(ITM_STIM0, 'x')).step();
        assertThat(rig.traced).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0x2, 8, 0", "0x1, 7, 8", "0x2, 8, 7", "0x2, 15, 16", "0x8, 31, 23"})
    void unprivilegedCodeHasThePortsThatTprLeavesIt(String tpr, int denied, int allowed) {
        enableItm(-1);
        rig.enableFaults().write(ITM_TPR, Integer.decode(tpr)).onProcessStack(1);
        rig.thread(strb(ITM_STIM0 + 4 * denied, 'a'), strb(ITM_STIM0 + 4 * allowed, 'b'), ldr(ITM_STIM0 + 4 * denied));
        rig.steps(3);
        assertThat(rig.traced).hasToString(allowed + "b");
        assertThat(rig.get(Reg.R0)).isZero();
        assertThat(rig.ipsr()).isZero();
    }
}
