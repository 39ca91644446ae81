// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.Engines;
import picorn.emulator.machine.Outcome;
import picorn.emulator.time.Clock;

/** isa-check's checksums of each class of instructions are the same at every -O level, on every engine and in QEMU. */
class IsaCheckTest {
    private static final String OPTIMISED = "isa-check-O2";
    private static final int GROUPS = 24;

    @ParameterizedTest
    @ValueSource(strings = {"isa-check-O0", OPTIMISED, "isa-check-O3", "isa-check-Os"})
    void printsTheSameOnEveryEngineAndInQemu(String image, @TempDir Path folder) throws Exception {
        String expected = QemuRun.bundled(OPTIMISED, folder);
        assertThat(expected.lines()).hasSize(GROUPS);
        for (EngineProvider engine : Engines.all()) {
            FirmwareRun run = FirmwareRun.of(engine, image, "", 10 * Clock.SECOND);
            assertThat(run.outcome()).as(engine.name()).isEqualTo(new Outcome.Exited(0));
            assertThat(run.semihosted()).as("%s on %s", image, engine.name()).isEqualTo(expected);
        }
        assertThat(QemuRun.bundled(image, folder)).as("%s in QEMU", image).isEqualTo(expected);
    }
}
