// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.core.CoreRig.MICROSECOND;
import static picorn.emulator.core.CoreRig.SCS;
import static picorn.emulator.core.ExceptionNumber.SYSTICK;
import static picorn.emulator.core.Instructions.bx;
import static picorn.emulator.core.Instructions.ldr;
import static picorn.emulator.core.Instructions.nop;
import static picorn.emulator.core.Instructions.wfi;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.emulator.cpu.Reg;
import picorn.emulator.time.Frequency;

/** The system timer (ARMv7-M ARM, B3.3). A tick of the processor clock is a microsecond here. */
class SysTickTest {
    private static final int CSR = SCS + 0x10;
    private static final int RVR = SCS + 0x14;
    private static final int CVR = SCS + 0x18;
    private static final int CALIB = SCS + 0x1C;
    private static final int ENABLE = 1;
    private static final int TICKINT = 2;
    private static final int CLKSOURCE = 4;
    private static final int COUNTFLAG = 1 << 16;

    private final CoreRig rig = new CoreRig().thread(nop(), bx(CoreRig.THREAD | 1));

    private void passes(long microseconds) {
        rig.machine.run(rig.machine.now() + microseconds * MICROSECOND);
    }

    private int counter() {
        return rig.word(CVR);
    }

    private boolean countFlag() {
        return (rig.word(CSR) & COUNTFLAG) != 0;
    }

    private void start(int reload, int control) {
        rig.write(RVR, reload).write(CVR, 0).write(CSR, control);
    }

    @Test
    void itReloadsAtTheTickAfterZero() {
        start(3, ENABLE | CLKSOURCE);
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            seen.add(counter());
            passes(1);
        }
        assertThat(seen).containsExactly(0, 3, 2, 1, 0, 3, 2, 1, 0, 3);
    }

    @Test
    void theExceptionComesEveryReloadPlusOneTicks() {
        start(9, ENABLE | TICKINT | CLKSOURCE);
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 45; i++) {
            passes(1);
            if (rig.exceptions.isPending(SYSTICK) || rig.exceptions.isActive(SYSTICK)) {
                times.add(rig.machine.now() / MICROSECOND);
                rig.exceptions.unpend(SYSTICK);
            }
        }
        assertThat(times).containsExactly(10L, 20L, 30L, 40L);
    }

    @Test
    void theHandlerRunsOnceForEachZero() {
        start(9, ENABLE | TICKINT | CLKSOURCE);
        passes(1000);
        assertThat(rig.core.exceptionsTaken())
                .as("the one of the last instant is still pending")
                .isEqualTo(99);
    }

    @Test
    void withoutTickintOnlyTheFlagIsSet() {
        start(9, ENABLE | CLKSOURCE);
        passes(9);
        assertThat(countFlag()).isFalse();
        passes(1);
        assertThat(countFlag()).isTrue();
        assertThat(rig.exceptions.isPending(SYSTICK)).isFalse();
    }

    @Test
    void readingTheControlRegisterClearsTheFlag() {
        start(4, ENABLE | CLKSOURCE);
        passes(5);
        assertThat(countFlag()).isTrue();
        assertThat(countFlag()).isFalse();
        passes(5);
        assertThat(countFlag()).isTrue();
    }

    @Test
    void lookingAtItAsADebuggerClearsNothing() {
        start(4, ENABLE | CLKSOURCE);
        passes(5);
        assertThat(rig.machine.bus().peek(CSR, 4) & COUNTFLAG).isNotZero();
        assertThat(countFlag()).isTrue();
    }

    @Test
    void writingTheCounterClearsItAndTheFlagWithoutAnException() {
        start(4, ENABLE | TICKINT | CLKSOURCE);
        rig.set(Reg.PRIMASK, 1);
        passes(5);
        rig.exceptions.unpend(SYSTICK);
        passes(2);
        rig.write(CVR, 77);
        assertThat(counter()).isZero();
        assertThat(countFlag()).isFalse();
        assertThat(rig.exceptions.isPending(SYSTICK)).isFalse();
        passes(1);
        assertThat(counter()).isEqualTo(4);
        passes(4);
        assertThat(rig.exceptions.isPending(SYSTICK)).isTrue();
    }

    @Test
    void aNewReloadValueIsUsedAtTheNextWrap() {
        start(10, ENABLE | CLKSOURCE);
        passes(4); // 0 10 9 8 7
        rig.write(RVR, 2);
        assertThat(counter()).isEqualTo(7);
        passes(7);
        assertThat(counter()).isZero();
        passes(1);
        assertThat(counter()).isEqualTo(2);
        passes(3);
        assertThat(counter()).isEqualTo(2);
    }

    @Test
    void aReloadValueOfZeroStopsItAtTheNextWrap() {
        start(5, ENABLE | TICKINT | CLKSOURCE);
        rig.set(Reg.PRIMASK, 1);
        passes(3);
        rig.write(RVR, 0);
        passes(3);
        assertThat(counter()).isZero();
        assertThat(rig.exceptions.isPending(SYSTICK)).isTrue();
        rig.exceptions.unpend(SYSTICK);
        passes(1000);
        assertThat(counter()).isZero();
        assertThat(rig.exceptions.isPending(SYSTICK)).isFalse();
        rig.write(RVR, 5);
        passes(2);
        assertThat(counter()).isEqualTo(4);
    }

    @Test
    void disablingHoldsTheCount() {
        start(10, ENABLE | CLKSOURCE);
        passes(4);
        rig.write(CSR, CLKSOURCE);
        passes(100);
        assertThat(counter()).isEqualTo(7);
        rig.write(CSR, ENABLE | CLKSOURCE);
        passes(2);
        assertThat(counter()).isEqualTo(5);
    }

    @Test
    void withoutClksourceItCountsAnEighthOfTheProcessorClock() {
        start(100, ENABLE);
        passes(8);
        assertThat(counter()).isEqualTo(100);
        passes(7);
        assertThat(counter()).isEqualTo(100);
        passes(1);
        assertThat(counter()).isEqualTo(99);
    }

    @Test
    void itFollowsAChangeOfFrequency() {
        start(100, ENABLE | TICKINT | CLKSOURCE);
        rig.set(Reg.PRIMASK, 1);
        passes(51); // 50 left
        rig.machine.clocks().hclk().run(Frequency.hertz(10_000_000));
        passes(4);
        assertThat(counter()).isEqualTo(10);
        assertThat(rig.exceptions.isPending(SYSTICK)).isFalse();
        passes(1);
        assertThat(rig.exceptions.isPending(SYSTICK)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0xFF_FFFF})
    void theReloadRegisterHas24Bits(int reload) {
        rig.write(RVR, 0xFF00_0000 | reload);
        assertThat(rig.word(RVR)).isEqualTo(reload);
    }

    @Test
    void itRunsOnThroughSleepAndWakes() {
        rig.thread(wfi());
        start(999, ENABLE | TICKINT | CLKSOURCE);
        passes(1001);
        assertThat(rig.core.exceptionsTaken()).isOne();
        assertThat(rig.engine.cycles()).isLessThan(5);
    }

    @Test
    void firmwareReadsTheCountOfItsOwnInstruction() {
        rig.thread(nop(), ldr(CVR), nop(), ldr(CVR));
        start(100, ENABLE | CLKSOURCE);
        rig.steps(2);
        assertThat(rig.get(Reg.R0)).isEqualTo(100);
        rig.steps(2);
        assertThat(rig.get(Reg.R0)).isEqualTo(98);
    }

    @Test
    void calibrationIsTheChips() {
        rig.write(CALIB, 0);
        assertThat(rig.word(CALIB)).isEqualTo(10_000);
    }

    @Test
    void resetStopsIt() {
        start(9, ENABLE | TICKINT | CLKSOURCE);
        passes(5);
        rig.machine.reset();
        passes(100);
        assertThat(rig.word(CSR)).isZero();
        assertThat(rig.core.exceptionsTaken()).isZero();
    }
}
