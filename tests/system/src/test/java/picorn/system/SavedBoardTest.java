// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.Timing;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.image.ImageReader;
import picorn.emulator.machine.Outcome;
import picorn.emulator.semihosting.SemihostingHost;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.netstack.link.ImpairmentConfig;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.BoardModel;
import picorn.stm32f4.board.UserNetwork;

/**
 * A board saved in the middle of its work and loaded into a fresh one goes on as if nothing had been. Not on picorn-junit: that gives a
 * test one board, powered up, and here a second is needed that never was.
 */
class SavedBoardTest {
    private static final long LIMIT = 60 * Clock.SECOND;
    private static final int MOMENTS = 6;
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
            board.load(image("rtos-check"));
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

    /** What can be seen of hello-net from outside, each thing with its time, and the whole state at its end. */
    private static final class Watched implements AutoCloseable {
        private final Board board;
        private final UserNetwork network;
        private final List<String> seen = new ArrayList<>();

        Watched(EngineProvider engine) {
            board = new Board(BoardModel.stm32429iEval().withSdram(1 << 20), engine);
            network = board.connectTransparentNetwork(1);
            network.impair(ImpairmentConfig.parse("loss=1%,delay=200us,jitter=90us,duplicate=1%,reorder=1%"), 3);
            board.semihosting(SemihostingHost.of((octets, at, length) -> {}, board.machine()));
            board.console().transmitTo((character, now) -> seen.add("%d: %c".formatted(now, character)));
            network.wire()
                    .tap((direction, frame, offset, length, now) -> seen.add("%d: %s %s"
                            .formatted(now, direction, HexFormat.of().formatHex(frame, offset, offset + length))));
        }

        Timing timing() {
            return board.machine().engine().timing();
        }

        byte[] save() {
            StateWriter out = new StateWriter();
            out.section("board", board);
            return out.toByteArray();
        }

        List<String> end() {
            Outcome outcome = board.run(LIMIT);
            seen.add("%s, %d instructions, %d ps"
                    .formatted(
                            outcome,
                            board.machine().instructions(),
                            board.machine().now()));
            seen.add(network.gateway().stack().report());
            return seen;
        }

        @Override
        public void close() {
            board.close();
        }
    }

    /** At seeded moments, DHCP, ping and 1000 echoed datagrams over a bad cable go on as they would have, on either engine. */
    @ParameterizedTest
    @MethodSource("engines")
    void anOpenNetworkGoesOnTheSameAtAnyMoment(EngineProvider engine) throws Exception {
        long seed = 8;
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> saved = new ArrayList<>();
        List<Integer> lengths = new ArrayList<>();
        List<String> whole;
        byte[] last;
        Timing timing;
        try (Watched watched = new Watched(engine)) {
            timing = watched.timing();
            watched.board.load(image("hello-net"));
            watched.board.reset();
            for (int i = 0; i < MOMENTS; i++) {
                watched.board.run(watched.board.machine().now() + random.nextLong(Clock.SECOND / 20));
                saved.add(watched.save());
                lengths.add(watched.seen.size());
            }
            whole = watched.end();
            last = watched.save();
        }
        assertThat(whole.toString()).contains("Exited");
        for (int i = 0; i < MOMENTS; i++) {
            for (EngineProvider other : EnginesAndTimings.all()) {
                try (Watched restored = new Watched(other)) {
                    if (restored.timing() != timing) {
                        continue;
                    }
                    restored.board.load(image("hello-net"));
                    new StateReader(saved.get(i)).section("board", restored.board);
                    String moment = "seed %d, moment %d, loaded on %s".formatted(seed, i, other.name());
                    assertThat(restored.end()).as(moment).isEqualTo(whole.subList(lengths.get(i), whole.size()));
                    assertThat(restored.save()).as(moment).isEqualTo(last);
                }
            }
        }
    }

    private static Board rtosCheck(EngineProvider engine, ByteArrayOutputStream output) {
        Board board = new Board(BoardModel.stm32429iEval().withSdram(1 << 20), engine);
        board.semihosting(SemihostingHost.of(output::write, board.machine()).withCommandLine("rtos-check rounds=2"));
        return board;
    }

    private static Image image(String name) throws BadImage, IOException {
        try (InputStream in = SavedBoardTest.class.getResourceAsStream("/picorn/images/" + name + ".elf")) {
            return ImageReader.read(name, in.readAllBytes(), OptionalInt.empty());
        }
    }

    private static Ending end(Board board, ByteArrayOutputStream output) {
        Outcome outcome = board.run(LIMIT);
        return new Ending(
                outcome, board.machine().instructions(), board.machine().now(), output.toString());
    }
}
