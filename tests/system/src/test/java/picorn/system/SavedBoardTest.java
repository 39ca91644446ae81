// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.image.ImageReader;
import picorn.emulator.machine.Outcome;
import picorn.emulator.semihosting.SemihostingHost;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.BoardModel;

/**
 * A board saved in the middle of its work and loaded into a fresh one goes on as if nothing had been. Not on picorn-junit: that gives a
 * test one board, powered up, and here a second is needed that never was.
 */
class SavedBoardTest {
    private static final long LIMIT = 60 * Clock.SECOND;
    private static final long MIDDLE = Clock.SECOND / 50;

    static Iterable<EngineProvider> engines() {
        return EnginesAndTimings.all();
    }

    private record Ending(Outcome outcome, long instructions, long time, String output) {}

    @ParameterizedTest
    @MethodSource("engines")
    void goesOnTheSameAfterBeingLoadedIntoAFreshBoard(EngineProvider engine) throws Exception {
        byte[] saved;
        Ending whole;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (Board board = rtosCheck(engine, output)) {
            board.load(rtosCheckImage());
            board.reset();
            assertThat(board.run(MIDDLE)).isEqualTo(new Outcome.TimeReached());
            StateWriter state = new StateWriter();
            state.section("board", board);
            saved = state.toByteArray();
            output.reset();
            whole = end(board, output);
        }
        ByteArrayOutputStream restoredOutput = new ByteArrayOutputStream();
        try (Board board = rtosCheck(engine, restoredOutput)) {
            new StateReader(saved).section("board", board);
            assertThat(end(board, restoredOutput)).isEqualTo(whole);
        }
        assertThat(whole.outcome()).as(whole.output()).isEqualTo(new Outcome.Exited(0));
    }

    private static Board rtosCheck(EngineProvider engine, ByteArrayOutputStream output) {
        Board board = new Board(BoardModel.stm32429iEval().withSdram(1 << 20), engine);
        board.semihosting(SemihostingHost.of(output::write, board.machine()).withCommandLine("rtos-check rounds=2"));
        return board;
    }

    private static Image rtosCheckImage() throws BadImage, IOException {
        try (InputStream in = SavedBoardTest.class.getResourceAsStream("/picorn/images/rtos-check.elf")) {
            return ImageReader.read("rtos-check", in.readAllBytes(), OptionalInt.empty());
        }
    }

    private static Ending end(Board board, ByteArrayOutputStream output) {
        Outcome outcome = board.run(LIMIT);
        return new Ending(
                outcome, board.machine().instructions(), board.machine().now(), output.toString());
    }
}
