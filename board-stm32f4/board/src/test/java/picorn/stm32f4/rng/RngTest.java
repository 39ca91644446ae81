// SPDX-License-Identifier: MIT
package picorn.stm32f4.rng;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picorn.stm32f4.ChipRig;

/** RM0090, chapter 24; RNG_CLK is PLL48CLK, 48 MHz. */
class RngTest {
    private static final int IRQ = 80;
    private static final long NUMBER = (40L * 1_000_000 + 47) / 48;

    private static final long PERIOD = 20_834;

    private final ChipRig rig = new ChipRig();

    @BeforeEach
    void enable() {
        rig.run168MHz();
        rig.set("RCC.AHB2ENR", 1 << 6);
    }

    @Test
    void numberComesEach40PeriodsAndInterrupts() {
        rig.write("RNG.CR", 0xC);
        Set<Integer> numbers = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            rig.pass(NUMBER - PERIOD);
            assertThat(rig.interrupt(IRQ)).isFalse();
            rig.pass(PERIOD);
            assertThat(rig.interrupt(IRQ)).isTrue();
            assertThat(rig.read("RNG.SR")).isEqualTo(1);
            numbers.add(rig.read("RNG.DR"));
            assertThat(rig.read("RNG.SR")).isZero();
        }
        assertThat(numbers).hasSize(1000);
    }

    @Test
    void missingClockIsAnError() {
        ChipRig hsi = new ChipRig();
        hsi.set("RCC.AHB2ENR", 1 << 6);
        hsi.write("RNG.CR", 0xC);
        hsi.pass(1000 * NUMBER);
        assertThat(hsi.read("RNG.SR")).as("CEIS and CECS").isEqualTo(0x22);
        assertThat(hsi.interrupt(IRQ)).isTrue();
        hsi.write("RNG.SR", 0);
        assertThat(hsi.read("RNG.SR")).isEqualTo(2);
        assertThat(hsi.interrupt(IRQ)).isFalse();
    }
}
