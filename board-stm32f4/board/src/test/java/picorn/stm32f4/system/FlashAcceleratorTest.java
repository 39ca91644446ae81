// SPDX-License-Identifier: MIT
package picorn.stm32f4.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.stm32f4.ChipRig;

/** RM0090, 3.5.1 and 3.5.2: five wait states, as at 168 MHz. */
class FlashAcceleratorTest {
    private static final int LATENCY = 5;
    private static final int PRFTEN = 1 << 8;
    private static final int ICEN = 1 << 9;
    private static final int DCEN = 1 << 10;
    private static final int ICRST = 1 << 11;
    private static final int DCRST = 1 << 12;
    private static final int LINE = 16;

    private final ChipRig rig = new ChipRig();
    private final FlashAccelerator flash = ((FlashInterface) rig.block("FLASH")).accelerator();
    private long cycle = 1000;

    @BeforeEach
    void enableNothing() {
        acr(0);
    }

    private void acr(int bits) {
        rig.write("FLASH.ACR", LATENCY | bits);
    }

    /** The wait for an instruction, {@code after} cycles behind the one before. */
    private int fetch(int offset, int after) {
        cycle += after;
        int wait = flash.fetch(offset, cycle);
        cycle += wait;
        return wait;
    }

    private int read(int offset) {
        return flash.read(offset, cycle);
    }

    @Test
    void aReadBringsEightHalfwords() {
        assertThat(fetch(0, 1)).isEqualTo(LATENCY);
        for (int offset = 2; offset < LINE; offset += 2) {
            assertThat(fetch(offset, 1)).isZero();
        }
        assertThat(fetch(LINE, 1)).isEqualTo(LATENCY);
        assertThat(fetch(0, 1)).as("back: nothing is kept without the cache").isEqualTo(LATENCY);
    }

    @Test
    void withoutWaitStatesNothingWaits() {
        rig.write("FLASH.ACR", 0);
        assertThat(fetch(0, 1) + fetch(0x4000, 1) + read(0x8000)).isZero();
    }

    @Test
    void theLineBehindIsThereWhenItsReadHasEnded() {
        acr(PRFTEN);
        fetch(0, 1);
        assertThat(fetch(LINE, LATENCY + 1))
                .as("six cycles of instructions before it")
                .isZero();
        assertThat(fetch(2 * LINE, 4)).as("four 32-bit instructions before it").isEqualTo(LATENCY + 1 - 4);
        assertThat(fetch(8 * LINE, 20)).as("a branch").isEqualTo(LATENCY);
    }

    @Test
    void sixtyFourLinesAreKeptAndTheOneUsedLeastRecentlyGoes() {
        acr(ICEN);
        for (int line = 0; line < 64; line++) {
            assertThat(fetch(line * LINE, 1)).isEqualTo(LATENCY);
        }
        assertThat(fetch(0, 1)).isZero();
        assertThat(fetch(64 * LINE, 1)).isEqualTo(LATENCY);
        assertThat(fetch(0, 1)).as("used since").isZero();
        assertThat(fetch(2 * LINE, 1)).isZero();
        assertThat(fetch(LINE, 1)).as("used least recently").isEqualTo(LATENCY);
    }

    @Test
    void eightLinesOfDataAreKept() {
        assertThat(read(0) + read(4)).as("without the cache").isEqualTo(2 * LATENCY);
        acr(DCEN);
        for (int line = 0; line < 8; line++) {
            assertThat(read(line * LINE)).isEqualTo(LATENCY);
            assertThat(read(line * LINE + 12)).isZero();
        }
        assertThat(read(8 * LINE)).isEqualTo(LATENCY);
        assertThat(read(LINE)).isZero();
        assertThat(read(0)).isEqualTo(LATENCY);
    }

    @Test
    void dataGoBeforeAPrefetch() {
        acr(PRFTEN);
        fetch(0, 1);
        assertThat(read(0x1000)).isEqualTo(LATENCY);
        assertThat(fetch(LINE, LATENCY + 1)).isEqualTo(LATENCY + 1);
    }

    @Test
    void aCacheThatIsOffCanBeReset() {
        acr(ICEN | DCEN);
        fetch(0, 1);
        fetch(LINE, 1);
        read(0);
        acr(ICEN | DCEN | ICRST | DCRST);
        assertThat(fetch(0, 1) + read(0)).as("they are on").isZero();
        acr(ICRST | DCRST);
        acr(ICEN | DCEN);
        assertThat(fetch(LINE, 1)).isEqualTo(LATENCY);
        assertThat(read(0)).isEqualTo(LATENCY);
    }

    @Test
    void whatItHoldsIsSaved() {
        acr(PRFTEN | ICEN | DCEN);
        fetch(0, 1);
        fetch(8 * LINE, 1);
        read(0x1000);
        StateWriter saved = new StateWriter();
        flash.save(saved);
        flash.reset();
        flash.load(new StateReader(saved.toByteArray()));
        assertThat(read(0x1000)).isZero();
        assertThat(fetch(9 * LINE, 2 * (LATENCY + 1))).isZero();
        assertThat(fetch(0, 1)).isZero();
    }
}
