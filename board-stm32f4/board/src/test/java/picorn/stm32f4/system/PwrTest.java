// SPDX-License-Identifier: MIT
package picorn.stm32f4.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picorn.stm32f4.ChipRig;

/** RM0090, 5.1.4 and 5.5. */
class PwrTest {
    private static final int VOSRDY = 1 << 14;
    private static final int ODRDY = 1 << 16;
    private static final int ODSWRDY = 1 << 17;

    private final ChipRig rig = new ChipRig();

    @BeforeEach
    void enable() {
        rig.set("RCC.APB1ENR", 1 << 28);
    }

    @Test
    void scalingGetsReadyAfterReset() {
        assertThat(rig.read("PWR.CSR")).isZero();
        rig.pass(100 * ChipRig.MICROSECOND);
        assertThat(rig.read("PWR.CSR")).isEqualTo(VOSRDY);
        assertThat(rig.chip.pwr().voltageScale()).isEqualTo(1);
    }

    @Test
    void newScaleTakesItsTime() {
        rig.pass(100 * ChipRig.MICROSECOND);
        rig.write("PWR.CR", 0x4000);
        assertThat(rig.chip.pwr().voltageScale()).isEqualTo(3);
        assertThat(rig.read("PWR.CSR") & VOSRDY).isZero();
        rig.pass(100 * ChipRig.MICROSECOND);
        assertThat(rig.read("PWR.CSR") & VOSRDY).isEqualTo(VOSRDY);
    }

    @Test
    void overDriveIsEnteredInTwoStepsAndLeftAtOnce() {
        rig.set("PWR.CR", 1 << 16);
        assertThat(rig.read("PWR.CSR") & ODRDY).isZero();
        rig.pass(100 * ChipRig.MICROSECOND);
        assertThat(rig.read("PWR.CSR") & (ODRDY | ODSWRDY)).isEqualTo(ODRDY);
        rig.set("PWR.CR", 1 << 17);
        rig.pass(100 * ChipRig.MICROSECOND);
        assertThat(rig.read("PWR.CSR") & (ODRDY | ODSWRDY)).isEqualTo(ODRDY | ODSWRDY);
        rig.clear("PWR.CR", 3 << 16);
        assertThat(rig.read("PWR.CSR") & (ODRDY | ODSWRDY)).isZero();
    }

    @Test
    void backupRegulatorGetsReady() {
        rig.set("PWR.CSR", 1 << 9);
        assertThat(rig.read("PWR.CSR") & 1 << 3).isEqualTo(1 << 3);
    }
}
