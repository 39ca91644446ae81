// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where code stands makes no difference, nor whether it ran before: IT blocks across the pages by which engines translate. */
public abstract class PlacementContract extends EngineContract {
    private static final int PAGE = 1024;
    private static final int PAGE_START = CODE + PAGE;
    private static final int LENGTH = 26;
    private static final int INSTRUCTIONS = 12;

    /**
     * movs r2, #0; movs r3, #0; mov.w r12, #1; cmp r4, r4; itttt eq; addeq r2, #1; orreq.w r2, r2, #2; ldreq r3, [r1];
     * addeq.w r2, r2, r12, lsl #3; add.w r0, r2, r3; b .
     */
    private static final int[] BLOCK = {
        0x2200, 0x2300, 0xf04f, 0x0c01, 0x42a4, 0xbf01, 0x3201, 0xf042, 0x0202, 0x680b, 0xeb02, 0x02cc, 0xeb02, 0x0003,
        0xe7fe
    };

    static IntStream placesAroundAPageBoundary() {
        return IntStream.rangeClosed(-LENGTH / 2 - 2, 2).map(halfwords -> PAGE_START + 2 * halfwords);
    }

    @ParameterizedTest
    @MethodSource("placesAroundAPageBoundary")
    void aBlockAcrossPagesIsExactWhereverItIsStopped(int place) {
        codeAt(place, BLOCK);
        ram.put32(DATA - RAM, 4);
        for (int stop = 1; stop <= INSTRUCTIONS; stop++) {
            runFrom(place, INSTRUCTIONS); // from now on it is translated
            runFrom(place, stop);
            int pc = engine.pc();
            run(INSTRUCTIONS);
            assertThat(reg(Reg.R0))
                    .as("stopped after %d at +%d", stop, pc - place)
                    .isEqualTo(15);
        }
    }

    private void runFrom(int place, int cycles) {
        restart();
        ram.put32(DATA - RAM, 4);
        engine.set(Reg.R1, DATA);
        engine.set(Reg.PC, place);
        run(cycles);
    }
}
