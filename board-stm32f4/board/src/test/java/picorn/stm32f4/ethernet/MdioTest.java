// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.emulator.time.Frequency;

/** Station management (RM0090, 33.4.1) and the PHY behind it (IEEE 802.3, clause 22.2.4; DP83848). */
class MdioTest {
    private static final int MB = 1;
    private static final int MW = 2;
    private static final int CR_102 = 4 << 2;
    private static final long FRAME = 64 * 102;

    private final Rig rig = new Rig();

    private static int command(int phy, int register) {
        return phy << 11 | register << 6 | CR_102 | MB;
    }

    private int read(int phy, int register) {
        rig.write("MACMIIAR", command(phy, register));
        rig.run(100 * Rig.MICROSECOND);
        return rig.read("MACMIIDR");
    }

    private void write(int register, int value) {
        rig.write("MACMIIDR", value);
        rig.write("MACMIIAR", command(1, register) | MW);
        rig.run(100 * Rig.MICROSECOND);
    }

    @ParameterizedTest
    @CsvSource({"0, 42", "1, 62", "2, 16", "3, 26", "4, 102"})
    void busyLastsSixtyFourPeriodsOfMdc(int range, int divider) {
        rig.write("MACMIIAR", 1 << 11 | 2 << 6 | range << 2 | MB);
        long end = rig.hclk.timeOf(rig.hclk.ticks() + 64L * divider);
        rig.runUntil(end - 1);
        assertThat(rig.read("MACMIIAR") & MB).isEqualTo(1);
        rig.runUntil(end);
        assertThat(rig.read("MACMIIAR") & MB).isZero();
        assertThat(rig.read("MACMIIDR")).isEqualTo(0x2000);
    }

    @Test
    void busyFollowsAChangeOfHclk() {
        rig.write("MACMIIAR", command(1, 2));
        rig.hclk.run(Frequency.hertz(1_000_000));
        rig.run((FRAME - 1) * Rig.MICROSECOND);
        assertThat(rig.read("MACMIIAR") & MB).isEqualTo(1);
        rig.run(2 * Rig.MICROSECOND);
        assertThat(rig.read("MACMIIAR") & MB).isZero();
    }

    @Test
    void writeWithoutMbStartsNothing() {
        rig.write("MACMIIAR", command(1, 2) & ~MB);
        rig.run(1000 * Rig.MICROSECOND);
        assertThat(rig.read("MACMIIDR")).isZero();
        assertThat(rig.read("MACMIIAR") & MB).isZero();
    }

    @Test
    void commandGivenWhileBusyIsLost() {
        rig.write("MACMIIAR", command(1, 2));
        rig.write("MACMIIAR", command(1, 3));
        rig.run(39 * Rig.MICROSECOND);
        assertThat(rig.read("MACMIIAR") & MB).isZero();
        assertThat(rig.read("MACMIIDR")).isEqualTo(0x2000);
    }

    @Test
    void addressWithoutPhyReadsAsOnes() {
        assertThat(read(1, 2)).isEqualTo(0x2000);
        assertThat(read(1, 3)).isEqualTo(0x5C90);
        assertThat(read(0, 2)).isEqualTo(0xFFFF);
        assertThat(read(31, 2)).isEqualTo(0xFFFF);
        assertThatThrownBy(() -> rig.ethernet.mdio().attach(1, rig.phy)).hasMessageContaining("1");
    }

    @Test
    void linkComesUpByNegotiation() {
        assertThat(read(1, 1)).as("BMSR: abilities alone").isEqualTo(0x7849);
        rig.run(MiiPhy.NEGOTIATION_TIME);
        assertThat(read(1, 1)).as("link was down: latched").isEqualTo(0x7869);
        assertThat(read(1, 1)).as("link and negotiation").isEqualTo(0x786D);
        assertThat(read(1, 4) & read(1, 5) & 0x01E0)
                .as("100BASE-TX full duplex in common")
                .isEqualTo(0x01E0);
        assertThat(read(1, 16) & 0x17)
                .as("PHYSTS: link, 100 Mbit/s, full duplex, negotiated")
                .isEqualTo(0x15);
    }

    @Test
    void lossOfLinkIsSeenOnceEvenIfItCameBack() {
        rig.run(MiiPhy.NEGOTIATION_TIME);
        read(1, 1);
        assertThat(read(1, 1) & 4).isEqualTo(4);
        rig.phy.plug(false);
        rig.phy.plug(true);
        rig.run(MiiPhy.NEGOTIATION_TIME);
        assertThat(read(1, 1) & 4).isZero();
        assertThat(read(1, 1) & 4).isEqualTo(4);
    }

    @Test
    void resetClearsItselfAndNegotiatesAnew() {
        rig.run(MiiPhy.NEGOTIATION_TIME);
        write(0, 0x0100);
        rig.write("MACMIIDR", 0x8000);
        rig.write("MACMIIAR", command(1, 0) | MW);
        rig.run(39 * Rig.MICROSECOND);
        assertThat(rig.phy.readManaged(0)).as("in reset").isEqualTo(0xB100);
        assertThat(read(1, 0)).isEqualTo(0x3100);
        assertThat(rig.phy.carries()).isFalse();
        rig.run(MiiPhy.NEGOTIATION_TIME);
        assertThat(rig.phy.carries()).isTrue();
    }

    @Test
    void forcedModeNeedsNoNegotiation() {
        write(0, 0x0000);
        rig.run(MiiPhy.FORCED_LINK_TIME);
        read(1, 1);
        assertThat(read(1, 1) & 0x24).as("BMSR: link without negotiation").isEqualTo(0x04);
        assertThat(read(1, 16) & 0x17)
                .as("PHYSTS: link, 10 Mbit/s, half duplex")
                .isEqualTo(0x03);
    }

    @Test
    void advertisingLessGivesTheBestInCommon() {
        write(4, 0x0061);
        write(0, 0x1200);
        rig.run(MiiPhy.NEGOTIATION_TIME);
        assertThat(read(1, 16) & 0x17)
                .as("PHYSTS: link, 10 Mbit/s, full duplex, negotiated")
                .isEqualTo(0x17);
    }

    @Test
    void isolationAndPowerDownCutTheLink() {
        rig.run(MiiPhy.NEGOTIATION_TIME);
        write(0, 0x3400 | 0x0100);
        assertThat(rig.phy.carries()).isFalse();
        write(0, 0x3100);
        assertThat(rig.phy.carries()).isTrue();
        write(0, 0x3900);
        assertThat(rig.phy.carries()).isFalse();
        assertThat(read(1, 1) & 4).isZero();
    }

    @Test
    void interruptRegistersAcceptWritesAndFlagsClearOnRead() {
        write(17, 0x0003);
        assertThat(read(1, 17)).isEqualTo(0x0003);
        rig.run(MiiPhy.NEGOTIATION_TIME);
        write(18, 0x0024);
        assertThat(read(1, 18)).as("MISR: link changed, negotiation done").isEqualTo(0x2424);
        assertThat(read(1, 18)).isEqualTo(0x0024);
    }
}
