// SPDX-License-Identifier: MIT
package picorn.stm32f4.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.stm32f4.ChipRig;
import picorn.stm32f4.gpio.Drive;

/** RM0090, chapter 12 and 9.3: from a pin to its interrupt. */
class ExtiTest {
    private final ChipRig rig = new ChipRig();

    @BeforeEach
    void enable() {
        rig.enableAll();
    }

    @ParameterizedTest(name = "port {0} pin {1} interrupts {2}")
    @CsvSource({
        "A, 0, 6",
        "C, 1, 7",
        "K, 2, 8",
        "B, 3, 9",
        "D, 4, 10",
        "E, 5, 23",
        "F, 9, 23",
        "G, 10, 40",
        "C, 13, 40",
        "I, 15, 40"
    })
    void pinInterruptsByItsLine(char port, int pin, int irq) {
        rig.write("SYSCFG.EXTICR" + (pin / 4 + 1), (port - 'A') << 4 * (pin % 4));
        rig.write("EXTI.RTSR", 1 << pin);
        rig.write("EXTI.IMR", 1 << pin);
        rig.chip.port(port == 'A' ? 'B' : 'A').drive(pin, Drive.HIGH);
        assertThat(rig.interrupt(irq)).as("another port's pin").isFalse();
        rig.chip.port(port).drive(pin, Drive.HIGH);
        assertThat(rig.interrupt(irq)).isTrue();
        assertThat(rig.read("EXTI.PR")).isEqualTo(1 << pin);
        rig.write("EXTI.PR", 1 << pin);
        assertThat(rig.interrupt(irq)).isFalse();
    }

    @Test
    void onlyTheSelectedEdgePends() {
        rig.write("EXTI.FTSR", 1);
        rig.write("EXTI.IMR", 1);
        rig.chip.port('A').drive(0, Drive.HIGH);
        assertThat(rig.read("EXTI.PR")).isZero();
        rig.chip.port('A').drive(0, Drive.LOW);
        assertThat(rig.interrupt(6)).isTrue();
    }

    @Test
    void firmwaresOwnOutputTriggersToo() {
        rig.write("EXTI.RTSR", 1 << 7);
        rig.write("EXTI.IMR", 1 << 7);
        rig.write("SYSCFG.EXTICR2", 3 << 12);
        rig.write("GPIOD.MODER", 1 << 14);
        rig.write("GPIOD.BSRR", 1 << 7);
        assertThat(rig.interrupt(23)).isTrue();
    }

    @Test
    void linesOfOneInterruptShareIt() {
        rig.write("EXTI.IMR", 0x60);
        rig.write("EXTI.SWIER", 0x20);
        rig.write("EXTI.SWIER", 0x40);
        rig.write("EXTI.PR", 0x20);
        assertThat(rig.interrupt(23)).isTrue();
        rig.write("EXTI.PR", 0x40);
        assertThat(rig.interrupt(23)).isFalse();
    }

    @Test
    void softwareTriggerIsClearedWithItsPendingBit() {
        rig.write("EXTI.IMR", 2);
        rig.write("EXTI.SWIER", 2);
        assertThat(rig.interrupt(7)).isTrue();
        assertThat(rig.read("EXTI.SWIER")).isEqualTo(2);
        rig.write("EXTI.PR", 2);
        assertThat(rig.read("EXTI.SWIER")).isZero();
        rig.write("EXTI.SWIER", 2);
        assertThat(rig.interrupt(7)).isTrue();
    }

    @Test
    void maskHoldsTheInterruptBack() {
        rig.write("EXTI.RTSR", 1);
        rig.chip.port('A').drive(0, Drive.HIGH);
        assertThat(rig.interrupt(6)).isFalse();
        assertThat(rig.read("EXTI.PR")).isEqualTo(1);
        rig.write("EXTI.IMR", 1);
        assertThat(rig.interrupt(6)).isTrue();
    }

    @Test
    void eventWakesTheCoreWithoutPending() {
        rig.write("EXTI.EMR", 1);
        rig.write("EXTI.SWIER", 1);
        assertThat(rig.coreEvents).isEqualTo(1);
        assertThat(rig.read("EXTI.PR")).isZero();
    }

    @ParameterizedTest(name = "line {0} interrupts {1}")
    @CsvSource({"16, 1", "17, 41", "18, 42", "19, 62", "20, 76", "21, 2", "22, 3"})
    void internalLinesInterrupt(int line, int irq) {
        rig.write("EXTI.RTSR", 1 << line);
        rig.write("EXTI.IMR", 1 << line);
        rig.chip.exti().input(line, true);
        assertThat(rig.interrupt(irq)).isTrue();
    }

    @Test
    void levelThatStaysIsNoEdge() {
        rig.write("EXTI.RTSR", 1 << 19);
        rig.chip.exti().input(19, true);
        rig.write("EXTI.PR", 1 << 19);
        rig.chip.exti().input(19, true);
        assertThat(rig.read("EXTI.PR")).isZero();
    }

    @Test
    void memoryRemapReachesTheAddressSpace() {
        rig.write("SYSCFG.MEMRMP", 4);
        rig.write("SYSCFG.MEMRMP", 4 | 1 << 10);
        rig.write("SYSCFG.MEMRMP", 4 | 1 << 10);
        rig.write("SYSCFG.MEMRMP", 1 << 8);
        assertThat(rig.remaps)
                .containsExactly(
                        "SDRAM_BANK1 BANK1_FIRST NOT_SWAPPED",
                        "SDRAM_BANK1 BANK1_FIRST SWAPPED",
                        "MAIN_FLASH BANK2_FIRST NOT_SWAPPED");
    }

    @Test
    void rmiiIsSelectedAndCompensationCellGetsReady() {
        assertThat(rig.chip.syscfg().isRmii()).isFalse();
        rig.write("SYSCFG.PMC", 1 << 23);
        assertThat(rig.chip.syscfg().isRmii()).isTrue();
        rig.write("SYSCFG.CMPCR", 1);
        assertThat(rig.read("SYSCFG.CMPCR")).isEqualTo(0x101);
    }
}
