// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static org.assertj.core.api.Assertions.assertThat;
import static picorn.emulator.core.CoreRig.RAM;
import static picorn.emulator.core.Instructions.ldr;
import static picorn.emulator.core.Instructions.str;
import static picorn.emulator.core.Instructions.strb;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.emulator.cpu.Reg;

/** Bit-band aliases of SRAM and peripherals (Cortex-M4 TRM, 3.7). */
class BitBandTest {
    private static final int DEVICE = 0x4000_0000;

    private final CoreRig rig = new CoreRig().enableFaults();

    @ParameterizedTest
    @CsvSource({
        // alias, word, bit: alias = base + 32 * octet + 4 * bit
        "0x22000000, 0x20000000, 0",
        "0x2200007C, 0x20000000, 31",
        "0x22000080, 0x20000004, 0",
        "0x220000B4, 0x20000004, 13",
        "0x221FFFFC, 0x2000FFFC, 31"
    })
    void anAliasWordIsABit(String alias, String word, int bit) {
        int address = Integer.decode(word);
        rig.write(address, 0xA5A5_A5A5);
        rig.thread(ldr(Integer.decode(alias)), str(Integer.decode(alias), 0xFFFF_FFFE))
                .steps(2);
        assertThat(rig.get(Reg.R0)).isEqualTo(0xA5A5_A5A5 >>> bit & 1);
        assertThat(rig.word(address)).as("only bit 0 is written").isEqualTo(0xA5A5_A5A5 & ~(1 << bit));
        rig.engine.code(rig.engine.pc(), strb(Integer.decode(alias), 1));
        rig.step();
        assertThat(rig.word(address)).isEqualTo(0xA5A5_A5A5 & ~(1 << bit) | 1 << bit);
    }

    @Test
    void peripheralsAreReadModifiedAndWritten() {
        rig.device(DEVICE, () -> {}).write(DEVICE + 8, 0xF0);
        rig.thread(str(0x4200_0000 + 8 * 32 + 4 * 1, 1), ldr(0x4200_0000 + 8 * 32 + 4 * 4))
                .steps(2);
        assertThat(rig.word(DEVICE + 8)).isEqualTo(0xF2);
        assertThat(rig.get(Reg.R0)).isOne();
    }

    @Test
    void anAliasOfNothingFaultsAtTheAliasAddress() {
        rig.thread(ldr(0x2220_0000)).step();
        assertThat(rig.cfsr()).isEqualTo(1 << 9 | 1 << 15);
        assertThat(rig.word(CoreRig.SCS + 0xD38)).isEqualTo(0x2220_0000);
    }

    @Test
    void aStoreToAnAliasOfNothingIsImprecise() {
        rig.thread(str(0x4220_0000, 1)).step().take();
        assertThat(rig.cfsr()).isEqualTo(1 << 10);
    }

    @Test
    void theAliasItselfIsNotMemory() {
        rig.write(RAM, 1);
        assertThat(rig.machine.bus().at(0x2200_0000)).isEmpty();
    }
}
