// SPDX-License-Identifier: MIT
package picorn.stm32f4.clock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.emulator.time.ClockDomain;
import picorn.emulator.time.Frequency;
import picorn.stm32f4.ChipRig;

/** RM0090, chapter 6. */
class RccTest {
    private static final int RCC_IRQ = 5;
    private static final int HSEON = 1 << 16;
    private static final int HSERDY = 1 << 17;
    private static final int PLLON = 1 << 24;
    private static final int PLLRDY = 1 << 25;

    private final ChipRig rig = new ChipRig();

    private static long hertz(ClockDomain clock) {
        return clock.frequency().toHertz();
    }

    private ClockTree clocks() {
        return rig.chip.clocks();
    }

    @Test
    void startsFromHsiAt16MHz() {
        assertThat(hertz(clocks().sysclk())).isEqualTo(16_000_000);
        assertThat(hertz(clocks().hclk())).isEqualTo(16_000_000);
        assertThat(hertz(clocks().sysTickExternal())).isEqualTo(2_000_000);
        assertThat(hertz(clocks().pclk1())).isEqualTo(16_000_000);
        assertThat(hertz(clocks().timclk1())).isEqualTo(16_000_000);
        assertThat(rig.read("RCC.CR")).isEqualTo(0x83);
    }

    @Test
    void crystalAndPllGive168MHz() {
        rig.run168MHz();
        assertThat(rig.read("RCC.CFGR") & 0xF).isEqualTo(0xA);
        assertThat(hertz(clocks().sysclk())).isEqualTo(168_000_000);
        assertThat(hertz(clocks().sysTickExternal())).isEqualTo(21_000_000);
        assertThat(hertz(clocks().pclk1())).isEqualTo(42_000_000);
        assertThat(hertz(clocks().timclk1())).isEqualTo(84_000_000);
        assertThat(hertz(clocks().pclk2())).isEqualTo(84_000_000);
        assertThat(hertz(clocks().timclk2())).isEqualTo(168_000_000);
        assertThat(hertz(clocks().pll48clk())).isEqualTo(48_000_000);
        assertThat(rig.findings).isEmpty();
    }

    @ParameterizedTest(name = "HPRE {0}, PPRE1 {1}, TIMPRE {2}: HCLK {3}, PCLK1 {4}, timers {5}")
    @CsvSource({
        "0, 0, 0, 16000000, 16000000, 16000000",
        "7, 3, 0, 16000000, 16000000, 16000000",
        "8, 4, 0, 8000000, 4000000, 8000000",
        "11, 5, 0, 1000000, 250000, 500000",
        "12, 7, 0, 250000, 15625, 31250",
        "15, 6, 0, 31250, 3906, 7812",
        "0, 4, 1, 16000000, 8000000, 16000000",
        "0, 5, 1, 16000000, 4000000, 16000000",
        "0, 6, 1, 16000000, 2000000, 8000000",
        "0, 7, 1, 16000000, 1000000, 4000000",
    })
    void prescalersDivideAsTheManualSays(int hpre, int ppre1, int timpre, long hclk, long pclk1, long timers) {
        rig.write("RCC.DCKCFGR", timpre << 24);
        rig.write("RCC.CFGR", hpre << 4 | ppre1 << 10);
        assertThat(hertz(clocks().hclk())).isEqualTo(hclk);
        assertThat(hertz(clocks().pclk1())).isEqualTo(pclk1);
        assertThat(hertz(clocks().timclk1())).isEqualTo(timers);
    }

    @Test
    void crystalGetsReadyAfterItsStartUpTime() {
        rig.set("RCC.CR", HSEON);
        assertThat(rig.read("RCC.CR") & HSERDY).isZero();
        rig.pass(2000 * ChipRig.MICROSECOND - 1);
        assertThat(rig.read("RCC.CR") & HSERDY).isZero();
        rig.pass(1);
        assertThat(rig.read("RCC.CR") & HSERDY).isEqualTo(HSERDY);
        rig.clear("RCC.CR", HSEON);
        assertThat(rig.read("RCC.CR") & HSERDY).isZero();
    }

    @Test
    void boardWithoutCrystalNeverGetsHseNorAPllFromIt() {
        ChipRig bare = new ChipRig(Frequency.STOPPED);
        bare.set("RCC.CR", HSEON);
        bare.write("RCC.PLLCFGR", 0x0740_5419);
        bare.set("RCC.CR", PLLON);
        bare.pass(10_000_000L * ChipRig.MICROSECOND);
        assertThat(bare.read("RCC.CR") & (HSERDY | PLLRDY)).isZero();
    }

    @Test
    void pllWaitsForItsSource() {
        rig.write("RCC.PLLCFGR", 0x0740_5419);
        rig.set("RCC.CR", PLLON | HSEON);
        rig.pass(2000 * ChipRig.MICROSECOND);
        assertThat(rig.read("RCC.CR") & PLLRDY).isZero();
        rig.pass(200 * ChipRig.MICROSECOND);
        assertThat(rig.read("RCC.CR") & PLLRDY).isEqualTo(PLLRDY);
    }

    @Test
    void switchWaitsUntilTheSourceIsReady() {
        rig.set("RCC.CR", HSEON);
        rig.write("RCC.CFGR", 1);
        assertThat(rig.read("RCC.CFGR")).isEqualTo(1);
        assertThat(hertz(clocks().sysclk())).isEqualTo(16_000_000);
        rig.pass(2000 * ChipRig.MICROSECOND);
        assertThat(rig.read("RCC.CFGR")).isEqualTo(5);
        assertThat(hertz(clocks().sysclk())).isEqualTo(25_000_000);
    }

    @Test
    void sourceInUseCannotBeSwitchedOff() {
        rig.clear("RCC.CR", 1);
        assertThat(rig.read("RCC.CR") & 3).isEqualTo(3);
        rig.run168MHz();
        rig.findings.clear();
        rig.clear("RCC.CR", PLLON | HSEON);
        assertThat(rig.read("RCC.CR") & (PLLON | PLLRDY | HSEON | HSERDY)).isEqualTo(PLLON | PLLRDY | HSEON | HSERDY);
        assertThat(rig.findings).containsExactly("PERIPHERAL_MISUSE RCC.CR (switches off what SYSCLK comes from)");
        rig.clear("RCC.CR", 1);
        assertThat(rig.read("RCC.CR") & 3).isZero();
    }

    @Test
    void pllFactorsCannotChangeWhileItIsOn() {
        rig.run168MHz();
        rig.write("RCC.PLLCFGR", 0x2400_3010);
        assertThat(rig.read("RCC.PLLCFGR")).isEqualTo(0x2740_5419);
        assertThat(rig.findings).containsExactly("PERIPHERAL_MISUSE RCC.PLLCFGR (written while PLLON is set)");
    }

    @Test
    void impossiblePllFactorsAreReported() {
        rig.write("RCC.PLLCFGR", 4 << 24 | 100 << 6 | 4);
        rig.set("RCC.CR", PLLON);
        assertThat(rig.findings)
                .containsExactly("PERIPHERAL_MISUSE RCC.PLLCFGR (VCO input of 4000000 Hz is not 1 to 2 MHz)");
    }

    @Test
    void tooFewWaitStatesAreReported() {
        rig.write("RCC.CFGR", 8 << 4);
        rig.run168MHz();
        assertThat(rig.findings).isEmpty();
        rig.write("RCC.CFGR", 8 << 4 | 2);
        rig.write("FLASH.ACR", 2);
        rig.write("RCC.CFGR", 2);
        assertThat(rig.findings)
                .containsExactly("PERIPHERAL_MISUSE FLASH.ACR.LATENCY (2 is too few for HCLK at 168000000 Hz)");
    }

    @Test
    void readyInterruptIsEnabledAndClearedInCir() {
        rig.write("RCC.CIR", 1 << 11); // HSERDYIE
        rig.set("RCC.CR", HSEON);
        rig.pass(2000 * ChipRig.MICROSECOND);
        assertThat(rig.read("RCC.CIR")).isEqualTo(1 << 11 | 1 << 3);
        assertThat(rig.interrupt(RCC_IRQ)).isTrue();
        rig.write("RCC.CIR", 1 << 11 | 1 << 19); // HSERDYC
        assertThat(rig.read("RCC.CIR")).isEqualTo(1 << 11);
        assertThat(rig.interrupt(RCC_IRQ)).isFalse();
    }

    @Test
    void gatedPeripheralReadsAsZero() {
        assertThat(rig.read("GPIOA.MODER")).isZero();
        assertThat(rig.findings).containsExactly("CLOCK_GATED GPIOA.MODER");
        rig.set("RCC.AHB1ENR", 1);
        assertThat(rig.read("GPIOA.MODER")).isEqualTo(0xA800_0000);
    }

    @Test
    void busResetResetsTheBlockItNames() {
        rig.enableAll();
        rig.write("GPIOA.ODR", 5);
        rig.write("GPIOB.ODR", 5);
        rig.write("RCC.AHB1RSTR", 1);
        rig.write("RCC.AHB1RSTR", 0);
        assertThat(rig.read("GPIOA.ODR")).isZero();
        assertThat(rig.read("GPIOB.ODR")).isEqualTo(5);
    }

    @Test
    void nothingWrittenDuringResetSurvivesIt() {
        rig.enableAll();
        rig.write("RCC.AHB1RSTR", 1);
        rig.write("GPIOA.ODR", 5);
        rig.write("RCC.AHB1RSTR", 0);
        assertThat(rig.read("GPIOA.ODR")).isZero();
    }

    @Test
    void backupDomainOpensWithDbp() {
        rig.set("RCC.APB1ENR", 1 << 28);
        rig.set("RCC.BDCR", 1);
        assertThat(rig.read("RCC.BDCR")).isZero();
        rig.set("PWR.CR", 1 << 8);
        rig.set("RCC.BDCR", 1);
        rig.pass(2_000_000 * ChipRig.MICROSECOND);
        assertThat(rig.read("RCC.BDCR")).isEqualTo(3);
        rig.set("RCC.BDCR", 1 << 16);
        assertThat(rig.read("RCC.BDCR")).isEqualTo(1 << 16);
    }

    @Test
    void resetCausesAddUpUntilRmvf() {
        assertThat(rig.read("RCC.CSR")).isEqualTo(0x0E00_0000);
        rig.set("RCC.CSR", 1 << 24);
        assertThat(rig.read("RCC.CSR")).isZero();
        rig.run168MHz();
        rig.chip.systemReset(ResetCause.SOFTWARE);
        assertThat(rig.read("RCC.CSR")).isEqualTo(0x1400_0000);
        assertThat(hertz(clocks().sysclk())).isEqualTo(16_000_000);
        assertThat(rig.read("RCC.CR")).isEqualTo(0x83);
        rig.chip.systemReset(ResetCause.INDEPENDENT_WATCHDOG);
        assertThat(rig.read("RCC.CSR")).isEqualTo(0x3400_0000);
    }

    @Test
    void lsiGetsReadyWithin40Microseconds() {
        rig.set("RCC.CSR", 1);
        rig.pass(40 * ChipRig.MICROSECOND);
        assertThat(rig.read("RCC.CSR") & 3).isEqualTo(3);
    }
}
