// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** FPSCR as ARMv7-M ARM A2.5.3 lays it out, for a chip without vectors. */
class FpscrTest {
    private final Fpscr fpscr = new Fpscr();

    @Test
    void bitsThatFpv4DoesNotHaveStayZero() {
        fpscr.set(-1);

        assertThat(fpscr.get()).isEqualTo(0xF7C0009F);
    }

    @Test
    void flagsStayUntilTheyAreWritten() {
        FpArithmetic.div(0x3F800000, 0, fpscr);
        FpArithmetic.add(0x3F800000, 0x33000000, fpscr);
        FpArithmetic.add(0x3F800000, 0x3F800000, fpscr);
        assertThat(fpscr.get()).isEqualTo(Fpscr.DZC | Fpscr.IXC);

        fpscr.set(0);
        assertThat(fpscr.get()).isZero();
    }

    @Test
    void comparisonReplacesConditionsAndKeepsModesAndFlags() {
        fpscr.set(Fpscr.NZCV | Fpscr.DN | 2 << Fpscr.RMODE_SHIFT | Fpscr.UFC);

        FpCompare.quiet(0x3F800000, 0x40000000, fpscr);

        assertThat(fpscr.get()).isEqualTo(0x8000_0000 | Fpscr.DN | 2 << Fpscr.RMODE_SHIFT | Fpscr.UFC);
        assertThat(fpscr.rounding()).isEqualTo(Rounding.RM);
    }
}
