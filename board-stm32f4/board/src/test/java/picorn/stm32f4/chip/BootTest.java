// SPDX-License-Identifier: MIT
package picorn.stm32f4.chip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picorn.stm32f4.ChipRig;

/** What firmware does first, seen as a whole. */
class BootTest {
    private final ChipRig rig = new ChipRig();

    @Test
    void firmwareSetsUp168MHzAndPrintsWithoutAFinding() {
        rig.set("RCC.APB1ENR", 1 << 28);
        rig.write("PWR.CR", 0xC000);
        rig.run168MHz();
        assertThat(rig.read("RCC.CFGR") >>> 2 & 3).as("SWS").isEqualTo(2);
        assertThat(rig.chip.clocks().hclk().frequency().toHertz()).isEqualTo(168_000_000);

        rig.set("RCC.AHB1ENR", 1 << 0);
        rig.set("GPIOA.MODER", 2 << 18 | 2 << 20);
        rig.set("GPIOA.AFRH", 7 << 4 | 7 << 8);
        rig.set("RCC.APB2ENR", 1 << 4 | 1 << 14);
        rig.clear("SYSCFG.PMC", 1 << 23);
        List<Integer> printed = new ArrayList<>();
        rig.chip.usart1To8(1).transmitTo((character, now) -> printed.add(character));
        rig.write("USART1.BRR", 0x2D9);
        rig.write("USART1.CR1", 1 << 13 | 1 << 3 | 1 << 2 | 1 << 7);
        assertThat(rig.interrupt(37)).as("TXE interrupts").isTrue();
        rig.write("USART1.DR", 'H');
        rig.pass(100 * ChipRig.MICROSECOND);

        rig.set("RCC.APB1ENR", 1);
        rig.write("TIM2.PSC", 83);
        rig.write("TIM2.EGR", 1);
        rig.write("TIM2.CR1", 1);
        rig.pass(1000 * ChipRig.MICROSECOND);
        assertThat(rig.read("TIM2.CNT")).as("microseconds").isEqualTo(999);

        assertThat(printed).containsExactly((int) 'H');
        assertThat(rig.findings).isEmpty();
    }
}
