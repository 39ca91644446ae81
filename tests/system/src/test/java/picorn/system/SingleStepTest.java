// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.debug.Debugger;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.image.ImageReader;
import picorn.emulator.machine.Outcome;
import picorn.emulator.semihosting.SemihostingHost;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.BoardModel;

/** A debugger's steps, through the interrupts, IT blocks and faults of rtos-check, lead to where running does. */
class SingleStepTest {
    private static final long LIMIT = 60 * Clock.SECOND;
    private static final int STEPS = 1_000_000;

    static Iterable<EngineProvider> engines() {
        return EnginesAndTimings.all();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aMillionStepsEndInTheStateThatRunningLeadsTo(EngineProvider engine) throws Exception {
        try (Board stepped = rtosCheck(engine);
                Board run = rtosCheck(engine)) {
            Debugger debugger = new Debugger(stepped.machine());
            for (int step = 0; step < STEPS; step++) {
                assertThat(debugger.step(LIMIT) instanceof Outcome.Stepped)
                        .as("step %d", step)
                        .isTrue();
            }
            // a step may end between an exception's entry and its handler's first instruction, which a run does not
            long time = stepped.machine().now() + Clock.SECOND / 1_000_000;
            stepped.run(time);
            run.run(time);
            assertThat(stepped.machine().core().exceptionsTaken()).isGreaterThan(4000);
            assertThat(stepped.machine().instructions()).isEqualTo(run.machine().instructions());
            assertThat(Arrays.equals(state(stepped), state(run))).isTrue();
        }
    }

    private static byte[] state(Board board) {
        StateWriter out = new StateWriter();
        out.section("board", board);
        return out.toByteArray();
    }

    private static Board rtosCheck(EngineProvider engine) throws BadImage, IOException {
        Board board = new Board(BoardModel.stm32429iEval().withSdram(0), engine);
        board.semihosting(SemihostingHost.of((octets, at, length) -> {}, board.machine())
                .withCommandLine("rtos-check rounds=20"));
        board.load(image());
        board.reset();
        return board;
    }

    private static Image image() throws BadImage, IOException {
        try (InputStream in = SingleStepTest.class.getResourceAsStream("/picorn/images/rtos-check.elf")) {
            return ImageReader.read("rtos-check", in.readAllBytes(), OptionalInt.empty());
        }
    }
}
