// SPDX-License-Identifier: MIT
package picorn.stm32f4.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picorn.emulator.time.EventQueue;
import picorn.stm32f4.ChipRig;

/** RM0090, chapter 18; the timer clock is HSI, 16 MHz: 62.5 ns. */
class GeneralPurposeTimerTest {
    private static final long TICK = 62_500;
    private static final int TIM2_IRQ = 28;
    private static final int CEN = 1;
    private static final int UDIS = 1 << 1;
    private static final int URS = 1 << 2;
    private static final int OPM = 1 << 3;
    private static final int DIR = 1 << 4;
    private static final int ARPE = 1 << 7;

    private final ChipRig rig = new ChipRig();

    @BeforeEach
    void enableTimers() {
        rig.set("RCC.APB1ENR", 0xF);
    }

    private void ticks(long count) {
        rig.pass(count * TICK);
    }

    @Test
    void updateInterruptComesAtTheExactTick() {
        rig.write("TIM2.PSC", 15);
        rig.write("TIM2.ARR", 999);
        rig.write("TIM2.EGR", 1);
        rig.write("TIM2.SR", 0);
        rig.write("TIM2.DIER", 1);
        rig.write("TIM2.CR1", CEN);
        // One clock to start, then (PSC + 1) * (ARR + 1) clocks: a millisecond.
        rig.pass(16_001 * TICK - 1);
        assertThat(rig.interrupt(TIM2_IRQ)).isFalse();
        rig.pass(1);
        assertThat(rig.interrupt(TIM2_IRQ)).isTrue();
        assertThat(rig.read("TIM2.CNT")).isZero();
        rig.write("TIM2.SR", ~1);
        assertThat(rig.interrupt(TIM2_IRQ)).isFalse();
        rig.pass(16_000 * TICK - 1);
        assertThat(rig.interrupt(TIM2_IRQ)).isFalse();
        rig.pass(1);
        assertThat(rig.interrupt(TIM2_IRQ)).isTrue();
    }

    @Test
    void prescalerIsLoadedByTheUpdateEventOnly() {
        rig.write("TIM2.ARR", 9);
        rig.write("TIM2.CR1", CEN);
        ticks(6);
        rig.write("TIM2.PSC", 3);
        assertThat(rig.read("TIM2.CNT")).isEqualTo(5);
        ticks(4);
        assertThat(rig.read("TIM2.CNT")).isEqualTo(9);
        ticks(1);
        assertThat(rig.read("TIM2.CNT")).isZero();
        ticks(3);
        assertThat(rig.read("TIM2.CNT")).isZero();
        ticks(1);
        assertThat(rig.read("TIM2.CNT")).isEqualTo(1);
    }

    @Test
    void autoReloadIsBufferedWithArpeOnly() {
        rig.write("TIM2.ARR", 9);
        rig.write("TIM2.EGR", 1);
        rig.write("TIM2.CR1", CEN | ARPE);
        rig.write("TIM2.ARR", 4);
        ticks(10);
        assertThat(rig.read("TIM2.CNT")).isEqualTo(9);
        ticks(1 + 4);
        assertThat(rig.read("TIM2.CNT")).isEqualTo(4);
        ticks(1);
        assertThat(rig.read("TIM2.CNT")).isZero();
        rig.write("TIM2.CR1", CEN);
        rig.write("TIM2.ARR", 2);
        ticks(3);
        assertThat(rig.read("TIM2.CNT")).isZero();
    }

    @Test
    void softwareUpdateSetsTheFlagUnlessUrsOrUdis() {
        rig.write("TIM2.EGR", 1);
        assertThat(rig.read("TIM2.SR") & 1).isEqualTo(1);
        rig.write("TIM2.SR", 0);
        rig.write("TIM2.CR1", URS);
        rig.write("TIM2.EGR", 1);
        assertThat(rig.read("TIM2.SR") & 1).isZero();
        rig.write("TIM2.CR1", UDIS);
        rig.write("TIM2.EGR", 1);
        assertThat(rig.read("TIM2.SR") & 1).isZero();
    }

    @Test
    void onePulseStopsAtTheUpdate() {
        rig.write("TIM2.ARR", 99);
        rig.write("TIM2.CR1", CEN | OPM);
        ticks(101);
        assertThat(rig.read("TIM2.CR1")).isEqualTo(OPM);
        assertThat(rig.read("TIM2.SR") & 1).isEqualTo(1);
        ticks(1000);
        assertThat(rig.read("TIM2.CNT")).isZero();
    }

    @Test
    void downCounterReloadsAtUnderflow() {
        rig.write("TIM2.ARR", 99);
        rig.write("TIM2.CR1", DIR);
        rig.write("TIM2.EGR", 1);
        rig.write("TIM2.SR", 0);
        assertThat(rig.read("TIM2.CNT")).isEqualTo(99);
        rig.write("TIM2.CR1", CEN | DIR);
        ticks(1 + 99);
        assertThat(rig.read("TIM2.CNT")).isZero();
        assertThat(rig.read("TIM2.SR") & 1).isZero();
        ticks(1);
        assertThat(rig.read("TIM2.CNT")).isEqualTo(99);
        assertThat(rig.read("TIM2.SR") & 1).isEqualTo(1);
    }

    @Test
    void compareMatchInterruptsWhenTheCountGetsThere() {
        rig.write("TIM3.CCR2", 40);
        rig.write("TIM3.SR", 0);
        rig.write("TIM3.DIER", 1 << 2);
        rig.write("TIM3.CR1", CEN);
        ticks(40);
        assertThat(rig.interrupt(29)).isFalse();
        ticks(1);
        assertThat(rig.interrupt(29)).isTrue();
        assertThat(rig.read("TIM3.SR")).isEqualTo(1 << 2);
    }

    @Test
    void timersOf32And16BitsWrapAtTheirOwnEnds() {
        for (String timer : new String[] {"TIM2", "TIM3"}) {
            rig.write(timer + ".CNT", -2);
            rig.write(timer + ".CR1", CEN);
        }
        ticks(1 + 1);
        assertThat(rig.read("TIM2.CNT")).isEqualTo(-1);
        assertThat(rig.read("TIM3.CNT")).isEqualTo(0xFFFF);
        ticks(1);
        assertThat(rig.read("TIM2.CNT")).isZero();
        assertThat(rig.read("TIM3.CNT")).isZero();
    }

    @Test
    void halfwordAccessesReachTheRegisters() {
        rig.write(rig.address("TIM3.ARR"), 2, 1234);
        assertThat(rig.read("TIM3.ARR")).isEqualTo(1234);
        assertThat(rig.read(rig.address("TIM3.ARR"), 2)).isEqualTo(1234);
        assertThat(rig.findings).isEmpty();
    }

    @Test
    void freeRunningTimerWhoseFlagsAreSetArmsNoEvent() {
        rig.write("TIM2.ARR", 1);
        rig.write("TIM2.CR1", CEN);
        rig.pass(1000 * ChipRig.MICROSECOND);
        assertThat(rig.queue.next()).isEqualTo(EventQueue.NEVER);
        assertThat(rig.read("TIM2.SR")).isEqualTo(0x1F);
    }

    @Test
    void changedClockTreeChangesThePace() {
        rig.write("TIM2.CR1", CEN);
        ticks(101);
        rig.write("RCC.CFGR", 8 << 4); // HPRE: HCLK 8 MHz
        rig.pass(10 * ChipRig.MICROSECOND);
        assertThat(rig.read("TIM2.CNT")).isEqualTo(180);
        rig.write("RCC.CFGR", 8 << 4 | 5 << 10); // PPRE1 / 4: timers get PCLK1 * 2
        rig.pass(10 * ChipRig.MICROSECOND);
        assertThat(rig.read("TIM2.CNT")).isEqualTo(220);
        rig.write("RCC.DCKCFGR", 1 << 24); // TIMPRE: HCLK for prescalers up to 4
        rig.pass(10 * ChipRig.MICROSECOND);
        assertThat(rig.read("TIM2.CNT")).isEqualTo(300);
    }

    @Test
    void disabledClockFreezesTheCount() {
        rig.write("TIM2.CR1", CEN);
        ticks(101);
        rig.clear("RCC.APB1ENR", 1);
        ticks(50);
        rig.set("RCC.APB1ENR", 1);
        assertThat(rig.read("TIM2.CNT")).isEqualTo(100);
        ticks(7);
        assertThat(rig.read("TIM2.CNT")).isEqualTo(107);
    }

    @Test
    void busResetStopsIt() {
        rig.write("TIM2.DIER", 1);
        rig.write("TIM2.EGR", 1);
        rig.write("TIM2.CR1", CEN);
        assertThat(rig.interrupt(TIM2_IRQ)).isTrue();
        rig.write("RCC.APB1RSTR", 1);
        rig.write("RCC.APB1RSTR", 0);
        assertThat(rig.interrupt(TIM2_IRQ)).isFalse();
        ticks(100);
        assertThat(rig.read("TIM2.CNT")).isZero();
        assertThat(rig.read("TIM2.CR1")).isZero();
    }

    @Test
    void countsLikeOneThatGoesThroughEveryTick() {
        for (long seed = 0; seed < 300; seed++) {
            compareWithTickByTick(seed);
        }
    }

    private void compareWithTickByTick(long seed) {
        Random random = new Random(seed);
        ChipRig fresh = new ChipRig();
        fresh.set("RCC.APB1ENR", 0xF);
        fresh.pass(TICK / 2);
        TickByTickTimer expected = new TickByTickTimer();
        int range = 1 + random.nextInt(20);
        for (int i = 0; i < 400; i++) {
            operate(fresh, expected, random, range);
            for (int n = random.nextInt(range); n > 0; n--) {
                fresh.pass(TICK);
                expected.tick();
            }
            assertThat(fresh.read("TIM3.CNT"))
                    .as("CNT, seed %d, step %d", seed, i)
                    .isEqualTo(expected.cnt);
            assertThat(fresh.read("TIM3.SR") & 3)
                    .as("SR, seed %d, step %d", seed, i)
                    .isEqualTo(expected.sr & 3);
            assertThat(fresh.read("TIM3.CR1"))
                    .as("CR1, seed %d, step %d", seed, i)
                    .isEqualTo(expected.cr1);
        }
    }

    private static void operate(ChipRig rig, TickByTickTimer expected, Random random, int range) {
        int value = random.nextInt(range);
        switch (random.nextInt(9)) {
            case 0 -> {
                rig.write("TIM3.PSC", value / 4);
                expected.psc = value / 4;
            }
            case 1 -> {
                rig.write("TIM3.ARR", value);
                expected.writeArr(value);
            }
            case 2 -> {
                int count = random.nextInt(8) == 0 ? 0xFFFF - value : value;
                rig.write("TIM3.CNT", count);
                expected.cnt = count;
            }
            case 3 -> {
                rig.write("TIM3.CCR1", value);
                expected.ccr1 = value;
            }
            case 4, 5 -> {
                int control = random.nextInt() & (CEN | UDIS | URS | OPM | DIR | ARPE);
                rig.write("TIM3.CR1", control | CEN);
                expected.writeCr1(control | CEN);
            }
            case 6 -> {
                rig.write("TIM3.CR1", 0);
                expected.writeCr1(0);
            }
            case 7 -> {
                rig.write("TIM3.EGR", 1);
                expected.generateUpdate();
            }
            default -> {
                rig.write("TIM3.SR", 0);
                expected.sr = 0;
            }
        }
    }
}
