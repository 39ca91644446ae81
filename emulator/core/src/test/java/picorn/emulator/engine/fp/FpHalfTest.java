// SPDX-License-Identifier: MIT
package picorn.emulator.engine.fp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Half precision, all 65,536 numbers of it. */
class FpHalfTest {
    private final Fpscr fpscr = new Fpscr();

    @ParameterizedTest
    @ValueSource(ints = {0, Fpscr.DN, Fpscr.AHP, Fpscr.FZ, Fpscr.AHP | Fpscr.DN})
    void everyHalfBecomesTheSingleOfTheDefinition(int mode) {
        for (int half = 0; half <= 0xFFFF; half++) {
            Reference reference = new Reference(mode);
            fpscr.set(mode);
            assertThat(FpHalf.toSingle(half, fpscr)).as("half %04x", half).isEqualTo(reference.halfToSingle(half));
            assertThat(fpscr.get()).as("half %04x", half).isEqualTo(reference.fpscr());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Fpscr.AHP, Fpscr.FZ, 3 << Fpscr.RMODE_SHIFT})
    void everyNumberSurvivesTheWayToSingleAndBack(int mode) {
        fpscr.set(mode);
        for (int half = 0; half <= 0xFFFF; half++) {
            boolean nan = (half & 0x7FFF) > 0x7C00 && (mode & Fpscr.AHP) == 0;
            if (!nan) {
                assertThat(FpHalf.fromSingle(FpHalf.toSingle(half, fpscr), fpscr))
                        .isEqualTo(half);
            }
        }
        assertThat(fpscr.get()).isEqualTo(mode);
    }
}
