// SPDX-License-Identifier: MIT
package picorn.stm32f4.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.stm32f4.ChipRig;

/** RM0090, chapter 3. */
class FlashInterfaceTest {
    private static final int FLASH = 0x0800_0000;
    private static final int IRQ = 4;
    private static final int PG = 1;
    private static final int SER = 1 << 1;
    private static final int STRT = 1 << 16;
    private static final int BSY = 1 << 16;
    private static final int EOPIE = 1 << 24;
    private static final int WORDS = 2 << 8;
    private static final int LOCK = 1 << 31;

    private final ChipRig rig = new ChipRig();

    private void unlock() {
        rig.write("FLASH.KEYR", 0x4567_0123);
        rig.write("FLASH.KEYR", 0xCDEF_89AB);
    }

    private int word(int offset) {
        return rig.flash.get32(offset);
    }

    @Test
    void keysInOrderOpenTheLock() {
        rig.write("FLASH.CR", PG);
        assertThat(rig.read("FLASH.CR")).isEqualTo(LOCK);
        unlock();
        assertThat(rig.read("FLASH.CR")).isZero();
        rig.write("FLASH.CR", LOCK);
        unlock();
        assertThat(rig.read("FLASH.CR")).isZero();
    }

    @Test
    void wrongKeyLocksUntilReset() {
        rig.write("FLASH.KEYR", 0xCDEF_89AB);
        unlock();
        assertThat(rig.read("FLASH.CR")).isEqualTo(LOCK);
        rig.block("FLASH").reset();
        unlock();
        assertThat(rig.read("FLASH.CR")).isZero();
    }

    @Test
    void programmingClearsBitsAndIsBusyFor16Microseconds() {
        unlock();
        rig.write("FLASH.CR", PG | WORDS | EOPIE);
        rig.write(FLASH + 0x100, 4, 0x1234_5678);
        assertThat(word(0x100)).isEqualTo(0x1234_5678);
        assertThat(rig.read("FLASH.SR")).isEqualTo(BSY);
        rig.pass(16 * ChipRig.MICROSECOND);
        assertThat(rig.read("FLASH.SR")).as("EOP").isEqualTo(1);
        assertThat(rig.interrupt(IRQ)).isTrue();
        rig.write("FLASH.SR", 1);
        assertThat(rig.interrupt(IRQ)).isFalse();
        assertThat(rig.findings).isEmpty();
        rig.write(FLASH + 0x100, 4, 0xFFFF_0000);
        assertThat(word(0x100)).isEqualTo(0x1234_0000);
        assertThat(rig.findings).containsExactly("PERIPHERAL_MISUSE FLASH.CR.PG (programs what was not erased)");
    }

    @Test
    void storesInARowAreBusyForTheTimeOfAll() {
        unlock();
        rig.write("FLASH.CR", PG | WORDS);
        rig.write(FLASH, 4, 1);
        rig.write(FLASH + 4, 4, 2);
        rig.pass(32 * ChipRig.MICROSECOND - 1);
        assertThat(rig.read("FLASH.SR")).isEqualTo(BSY);
        rig.pass(1);
        assertThat(rig.read("FLASH.SR")).isZero();
    }

    @ParameterizedTest(name = "SNB {0} is at {1}, {2} KB, {3} ms")
    @CsvSource({
        "0, 0x000000, 16, 250",
        "3, 0x00C000, 16, 250",
        "4, 0x010000, 64, 550",
        "5, 0x020000, 128, 1000",
        "11, 0x0E0000, 128, 1000",
        "16, 0x100000, 16, 250",
        "20, 0x110000, 64, 550",
        "27, 0x1E0000, 128, 1000",
    })
    void sectorEraseErasesItsOctetsAndNoOthers(int snb, String at, int kilobytes, int milliseconds) {
        int from = Integer.decode(at);
        int to = from + kilobytes * 1024;
        rig.flash.fill(0, rig.flash.size(), 0);
        unlock();
        rig.write("FLASH.CR", SER | snb << 3 | WORDS);
        rig.write("FLASH.CR", SER | snb << 3 | WORDS | STRT);
        assertThat(rig.flash.get8(from)).isEqualTo(0xFF);
        assertThat(rig.flash.get8(to - 1)).isEqualTo(0xFF);
        assertThat(from == 0 ? 0 : rig.flash.get8(from - 1)).isZero();
        assertThat(to == rig.flash.size() ? 0 : rig.flash.get8(to)).isZero();
        rig.pass(milliseconds * 1000L * ChipRig.MICROSECOND - 1);
        assertThat(rig.read("FLASH.SR")).isEqualTo(BSY);
        rig.pass(1);
        assertThat(rig.read("FLASH.SR")).isZero();
        assertThat(rig.read("FLASH.CR") & STRT).isZero();
    }

    @Test
    void massEraseErasesItsBank() {
        rig.flash.fill(0, rig.flash.size(), 0);
        unlock();
        rig.write("FLASH.CR", 1 << 2 | STRT);
        assertThat(word(0x0F_FFFC)).isEqualTo(-1);
        assertThat(word(0x10_0000)).isZero();
        rig.pass(100_000_000L * ChipRig.MICROSECOND);
        rig.write("FLASH.CR", 1 << 15 | STRT);
        assertThat(word(0x1F_FFFC)).isEqualTo(-1);
    }

    @ParameterizedTest(name = "CR {0}, {1} octets: SR {2}")
    @CsvSource({
        "0x000, 4, 0x80", // PG is 0: PGSERR
        "0x001, 4, 0x40", // PSIZE is 8 bits: PGPERR
        "0x201, 2, 0x40",
    })
    void wrongStoreSetsItsErrorAndProgramsNothing(String cr, int width, String sr) {
        unlock();
        rig.write("FLASH.CR", Integer.decode(cr));
        rig.write(FLASH, width, 0);
        assertThat(rig.read("FLASH.SR")).isEqualTo(Integer.decode(sr));
        assertThat(word(0)).isEqualTo(-1);
        assertThat(rig.findings).hasSize(1);
    }

    @Test
    void storeToLockedFlashIsASequenceError() {
        rig.write(FLASH, 4, 0);
        assertThat(rig.read("FLASH.SR")).isEqualTo(0x80);
        assertThat(word(0)).isEqualTo(-1);
        rig.write(FLASH + 8, 4, 0);
        assertThat(rig.findings).containsExactly("FLASH_LOCKED 0x08000000");
    }

    @Test
    void storeWithoutProgrammingIsASequenceError() {
        unlock();
        rig.write(FLASH, 4, 0);
        assertThat(rig.read("FLASH.SR")).isEqualTo(0x80);
        assertThat(rig.findings).containsExactly("PERIPHERAL_MISUSE FLASH.CR.PG (flash is written while it is 0)");
    }

    @Test
    void protectedSectorIsNeitherErasedNorProgrammed() {
        rig.write("FLASH.OPTKEYR", 0x0819_2A3B);
        rig.write("FLASH.OPTKEYR", 0x4C5D_6E7F);
        rig.write("FLASH.OPTCR", 0x0FFD_AAEC); // nWRP1 = 0
        unlock();
        rig.flash.put32(0x4000, 0);
        rig.write("FLASH.CR", SER | 1 << 3 | STRT);
        assertThat(rig.read("FLASH.SR") & 0x10).as("WRPERR").isEqualTo(0x10);
        assertThat(word(0x4000)).isZero();
        rig.pass(1);
        rig.write("FLASH.SR", 0x10);
        rig.write("FLASH.CR", PG | WORDS);
        rig.write(FLASH + 0x4004, 4, 0);
        assertThat(rig.read("FLASH.SR") & 0x10).isEqualTo(0x10);
        assertThat(word(0x4004)).isEqualTo(-1);
    }

    @Test
    void optionsAreLoadedAgainAtReset() {
        rig.write("FLASH.OPTKEYR", 0x0819_2A3B);
        rig.write("FLASH.OPTKEYR", 0x4C5D_6E7F);
        rig.write("FLASH.OPTCR", 0x0FFF_AAE8);
        rig.block("FLASH").reset();
        assertThat(rig.read("FLASH.OPTCR")).as("never programmed").isEqualTo(0x0FFF_AAED);
        rig.write("FLASH.OPTKEYR", 0x0819_2A3B);
        rig.write("FLASH.OPTKEYR", 0x4C5D_6E7F);
        rig.write("FLASH.OPTCR", 0x0FFF_AAE8 | 2);
        rig.pass(1_000_000L * ChipRig.MICROSECOND);
        rig.block("FLASH").reset();
        assertThat(rig.read("FLASH.OPTCR")).isEqualTo(0x0FFF_AAE9);
    }
}
