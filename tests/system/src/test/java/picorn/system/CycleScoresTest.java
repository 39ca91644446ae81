// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picorn.emulator.cpu.Engines;
import picorn.emulator.cpu.Timing;
import picorn.emulator.machine.Outcome;
import picorn.emulator.semihosting.SemihostingHost;
import picorn.emulator.time.Clock;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.BoardModel;

/**
 * Cycles of an iteration of our benchmarks under {@code --timing m4}, reported for docs/timing.md, and what the accelerator is there for: code
 * from flash with five wait states about as fast as without any (RM0090, 3.5.2).
 */
class CycleScoresTest {
    private static final int FLASH_ACR = 0x4002_3C00;
    private static final int NO_WAITS = 0;
    private static final int ACCELERATED = 0x705;
    private static final int PLAIN = 5;

    private record Progress(long cycles, long instructions) {}

    private static Progress run(String program, int iterations, int acr) throws Exception {
        try (Board board =
                new Board(BoardModel.stm32429iEval(), Engines.named("java").timed(Timing.M4))) {
            board.semihosting(SemihostingHost.of((octets, at, length) -> {}, board.machine())
                    .withCommandLine("%s iterations=%d".formatted(program, iterations)));
            board.load(BundledImage.read(program));
            board.reset();
            board.machine().bus().write(FLASH_ACR, 4, acr); // the programs run on any Cortex-M4 and leave it alone
            assertThat(board.run(60 * Clock.SECOND)).isEqualTo(new Outcome.Exited(0));
            return new Progress(
                    board.machine().engine().cycles(), board.machine().instructions());
        }
    }

    /** Cycles of one iteration, without what surrounds them all. */
    private static double perIteration(String program, int iterations, int acr) throws Exception {
        Progress few = run(program, iterations, acr);
        Progress many = run(program, 3 * iterations, acr);
        double cycles = many.cycles() - few.cycles();
        assertThat(cycles / (many.instructions() - few.instructions()))
                .as("cycles an instruction, ACR %x", acr)
                .isBetween(1.0, 5.0);
        return cycles / (2 * iterations);
    }

    @ParameterizedTest
    @CsvSource({"bench-core, 10", "bench-calls, 500", "bench-copy, 50", "bench-float, 100", "bench-alu, 1000"})
    void theAcceleratorHidesTheWaitStates(String program, int iterations, TestReporter reporter) throws Exception {
        double noWaits = perIteration(program, iterations, NO_WAITS);
        double accelerated = perIteration(program, iterations, ACCELERATED);
        double plain = perIteration(program, iterations, PLAIN);
        reporter.publishEntry(
                program, "%.0f cycles, accelerated %.0f, plain %.0f".formatted(noWaits, accelerated, plain));
        assertThat(accelerated).isBetween(0.99 * noWaits, 1.1 * noWaits);
        assertThat(plain).isGreaterThan(1.5 * noWaits);
    }
}
