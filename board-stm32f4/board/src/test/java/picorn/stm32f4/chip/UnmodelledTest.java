// SPDX-License-Identifier: MIT
package picorn.stm32f4.chip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.CpuBus;
import picorn.stm32f4.ChipRig;

/** What firmware finds where nobody models anything. */
class UnmodelledTest {
    private final ChipRig rig = new ChipRig();

    @BeforeEach
    void enable() {
        rig.enableAll();
    }

    @Test
    void registerReadsAsItsResetValueWhateverIsWrittenAndIsReportedOnceByName() {
        int spi1Sr = 0x4001_3008;
        assertThat(rig.read(spi1Sr, 4)).isEqualTo(2);
        rig.write(spi1Sr, 4, 0xFF);
        assertThat(rig.read(spi1Sr, 2)).isEqualTo(2);
        rig.read(0x4001_3010, 4);
        assertThat(rig.findings).containsExactly("UNMODELLED_REGISTER SPI1.SR", "UNMODELLED_REGISTER SPI1.CRCPR");
    }

    @Test
    void narrowReadTakesItsOctets() {
        int dac = 0x4000_2800 + 0x10; // RTC_PRER: 0x007F00FF
        assertThat(rig.read(dac, 4)).isEqualTo(0x007F_00FF);
        assertThat(rig.read(dac + 2, 2)).isEqualTo(0x7F);
        assertThat(rig.read(dac, 1)).isEqualTo(0xFF);
    }

    @Test
    void placeWithoutARegisterIsReportedByItsOffset() {
        assertThat(rig.read(0x4001_3080, 4)).isZero();
        assertThat(rig.findings).containsExactly("UNMODELLED_REGISTER SPI1+0x80");
    }

    @Test
    void gateHoldsForUnmodelledPeripheralsToo() {
        rig.write("RCC.APB2ENR", 0);
        assertThat(rig.read(0x4001_3008, 4)).isZero();
        assertThat(rig.findings).containsExactly("CLOCK_GATED SPI1.SR");
    }

    @Test
    void placeWithoutAPeripheralFaults() {
        assertThat(rig.bus.read(0x4000_6000, 4)).isEqualTo(CpuBus.FAULT);
        assertThat(rig.bus.write(0x4008_0000, 4, 0)).isFalse();
    }

    @Test
    void everyPeripheralOfTheTableAnswers() {
        for (RegisterTable.Peripheral peripheral : rig.chip.registerTable().peripherals()) {
            assertThat(rig.bus.at(peripheral.base())).as(peripheral.name()).isPresent();
            assertThat(rig.bus.read(peripheral.base(), 4)).as(peripheral.name()).isNotEqualTo(CpuBus.FAULT);
        }
    }

    @Test
    void chipTellsWhatItIs() {
        assertThat(rig.read(0xE004_2000, 4)).isEqualTo(0x2003_6419);
        assertThat(rig.read(0x1FFF_7A22, 2)).as("kilobytes of flash").isEqualTo(2048);
        assertThat(rig.read(0x1FFF_7A10, 4)).as("unique identifier").isEqualTo(1);
        assertThat(rig.read(0x1FFF_7800, 4)).as("one-time programmable area").isEqualTo(-1);
    }
}
