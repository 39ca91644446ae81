// SPDX-License-Identifier: MIT
package picorn.system;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.Engines;
import picorn.emulator.machine.Outcome;
import picorn.emulator.time.Clock;
import picorn.junit.AllEngines;
import picorn.junit.Board;
import picorn.junit.Console;
import picorn.junit.Fault;
import picorn.junit.PicornTest;

/** rtos-check finds the core's exceptions as the architecture has them. */
class RtosCheckTest {
    private static final long LIMIT = 600 * Clock.SECOND;

    /** Its check of faults takes one of each kind. */
    @AllEngines
    @PicornTest(image = "rtos-check", args = "rounds=1")
    void passesAShortRound(Board board, Console console) {
        for (Fault fault : List.of(Fault.MEM_MANAGE, Fault.BUS_FAULT, Fault.USAGE_FAULT)) {
            board.expectFault(fault);
        }
        console.awaitLine("rtos-check: PASS", ofSeconds(600));
        assertThat(board.awaitExit(ofSeconds(600))).isZero();
    }

    @Tag("long")
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void passesAHundredMillionInstructionsAndAHundredThousandInterruptsAtEachSeed(int seed) throws Exception {
        for (EngineProvider engine : Engines.all()) {
            FirmwareRun run = FirmwareRun.of(engine, "rtos-check", "seed=" + seed, LIMIT);
            assertThat(run.outcome())
                    .as(engine.name() + ": " + run.semihosted())
                    .isEqualTo(new Outcome.Exited(0));
            assertThat(run.instructions()).as("instructions").isGreaterThanOrEqualTo(100_000_000);
            assertThat(run.exceptions()).as("exceptions").isGreaterThanOrEqualTo(100_000);
        }
    }

    @Test
    void printsInQemuWhatItPrintsHere(@TempDir Path folder) throws Exception {
        Path elf = folder.resolve("rtos-check.elf");
        try (InputStream in = getClass().getResourceAsStream("/picorn/images/rtos-check.elf")) {
            Files.copy(in, elf);
        }
        String inQemu = Tool.QEMU.run(
                "-M",
                "netduinoplus2",
                "-display",
                "none",
                "-serial",
                "none",
                "-monitor",
                "none",
                "-icount",
                "shift=0",
                "-semihosting-config",
                "enable=on,target=native,arg=rtos-check,arg=rounds=1",
                "-kernel",
                elf.toString());
        for (EngineProvider engine : Engines.all()) {
            FirmwareRun run = FirmwareRun.of(engine, "rtos-check", "rounds=1", LIMIT);
            assertThat(run.semihosted()).as(engine.name()).isEqualTo(inQemu);
        }
    }
}
