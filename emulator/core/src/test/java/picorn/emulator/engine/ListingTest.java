// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picorn.emulator.cpu.CpuBus;

/** Reports show instructions as they are written, with what IT blocks and symbols add. */
class ListingTest {
    private static final int BASE = 0x0800_0100;

    private static final int[] CODE = {
        0xbf1e, // ittt ne
        0x6818, // ldr r0, [r3, #0]
        0xf843,
        0x0b04, // str.w r0, [r3], #4
        0x4770, // bx lr
        0x4904, // ldr r1, [pc, #16]
        0xf7ff,
        0xfff8, // bl BASE
        0xde00 // udf #0
    };

    private final Listing listing = new Listing(
            at -> at - BASE >= 0 && at - BASE < 2 * CODE.length ? CODE[(at - BASE) / 2] : CpuBus.FAULT,
            at -> at == BASE ? "copy" : "0x%08x".formatted(at));

    private String at(int offset) {
        return listing.instruction(BASE + offset, BASE);
    }

    @Test
    void instructionsOfAnItBlockHaveItsCondition() {
        assertThat(at(0)).isEqualTo("ittt ne");
        assertThat(at(2)).isEqualTo("ldrne r0, [r3, #0]");
        assertThat(at(4)).isEqualTo("strne.w r0, [r3], #4");
        assertThat(at(8)).isEqualTo("bxne lr");
        assertThat(at(16)).isEqualTo("udf #0");
    }

    @Test
    void withoutAStartNoItBlockIsSeen() {
        assertThat(listing.instruction(BASE + 2, BASE + 2)).isEqualTo("ldr r0, [r3, #0]");
    }

    @Test
    void literalsAndTargetsHaveTheirAddressesOrNames() {
        assertThat(at(10)).isEqualTo("ldr r1, [pc, #16]  @ 0x0800011c");
        assertThat(at(12)).isEqualTo("bl copy");
    }

    @Test
    void whatCannotBeReadIsSaidSo() {
        assertThat(listing.instruction(0x1234_0000, 0)).isEqualTo("nothing there");
        assertThat(new Listing(at -> at == 0 ? 0xf000 : CpuBus.FAULT, Integer::toString).instruction(0, 0))
                .isEqualTo("half an instruction");
        assertThat(new Listing(at -> 0xb800, Integer::toString).instruction(0, 0))
                .isEqualTo("undefined 0xb800");
    }
}
