// SPDX-License-Identifier: MIT
package picorn.system;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.junit.AllEngines;
import picorn.junit.Board;
import picorn.junit.Console;
import picorn.junit.Fault;
import picorn.junit.PicornTest;

/** rtos-check finds the core's exceptions as the architecture has them. */
@PicornTest(image = "rtos-check", args = "rounds=1")
class RtosCheckTest {
    private static final Duration LIMIT = ofSeconds(600);

    /** Its check of faults takes one of each kind. */
    @BeforeEach
    void expectFaults(Board board) {
        List.of(Fault.MEM_MANAGE, Fault.BUS_FAULT, Fault.USAGE_FAULT).forEach(board::expectFault);
    }

    @AllEngines
    void passesAShortRound(Board board, Console console) {
        console.awaitLine("rtos-check: PASS", LIMIT);
        assertThat(board.awaitExit(LIMIT)).isZero();
    }

    /** A test with parameters runs on one engine, so each has a class. */
    @Tag("long")
    abstract static class AtEachSeed {
        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
        void passesAHundredMillionInstructionsAndAHundredThousandInterrupts(int seed, Board board) {
            board.arguments("seed=" + seed);
            assertThat(board.awaitExit(LIMIT)).isZero();
            assertThat(board.clock().instructions()).as("instructions").isGreaterThanOrEqualTo(100_000_000);
            assertThat(board.machine().core().exceptionsTaken())
                    .as("exceptions")
                    .isGreaterThanOrEqualTo(100_000);
        }
    }

    @Nested
    @PicornTest(image = "rtos-check", engine = "java", wallLimitSeconds = 600)
    class AtEachSeedOnJava extends AtEachSeed {}

    @Nested
    @PicornTest(image = "rtos-check", engine = "unicorn", wallLimitSeconds = 600)
    class AtEachSeedOnUnicorn extends AtEachSeed {}

    @AllEngines
    void printsInQemuWhatItPrintsHere(Board board, @TempDir Path folder) throws Exception {
        board.awaitExit(LIMIT);
        assertThat(board.console().log()).isEqualTo(QemuRun.bundled("rtos-check", folder, "rounds=1"));
    }
}
