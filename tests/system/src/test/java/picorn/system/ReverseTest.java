// SPDX-License-Identifier: MIT
package picorn.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picorn.emulator.core.DebugPoints;
import picorn.emulator.core.ExceptionNumber;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.cpu.Engines;
import picorn.emulator.cpu.Reg;
import picorn.emulator.debug.Debugger;
import picorn.emulator.image.Image;
import picorn.emulator.image.ImageReader;
import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Outcome;
import picorn.emulator.time.Clock;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.BoardModel;
import picorn.stm32f4.debug.BoardHistory;

/** Going back in time and forth again is going through the same run. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ReverseTest {
    private static final int SNAPSHOTS = 10;
    private static final long SOON = 1_000 * Clock.SECOND;

    @TempDir
    private Path folder;

    static Iterable<EngineProvider> engines() {
        return Engines.all();
    }

    /** What a debugger sees of a machine at a place in its run. */
    private record State(long time, long instructions, List<Integer> registers) {
        static State of(Debugger debugger) {
            Machine machine = debugger.machine();
            return new State(
                    machine.now(),
                    machine.instructions(),
                    Arrays.stream(Reg.values()).map(debugger::get).toList());
        }
    }

    private static Board helloNet(EngineProvider engine) {
        try (InputStream in = ReverseTest.class.getResourceAsStream("/picorn/images/hello-net.elf")) {
            Image image = ImageReader.read("hello-net", in.readAllBytes(), OptionalInt.empty());
            Board board = new Board(BoardModel.stm32429iEval().withSdram(1 << 20), engine);
            board.load(image);
            return board;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static Debugger remembering(Board board, EngineProvider engine) {
        Debugger debugger = new Debugger(board.machine());
        debugger.history(BoardHistory.of(board, () -> helloNet(engine), SNAPSHOTS));
        debugger.remember();
        return debugger;
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aWalkBackAndForthMeetsTheStatesOfTheStraightRun(EngineProvider engine) {
        long seed = 8;
        Random random = new Random(seed);
        try (Board board = helloNet(engine)) {
            board.connectUserNetwork(1);
            board.reset();
            Debugger debugger = remembering(board, engine);
            debugger.go(
                    Clock.SECOND / 9); // in the middle of DHCP: frames come and go, time passes in sleep and by ticks
            List<State> straight = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                straight.add(State.of(debugger));
                debugger.step(SOON);
            }
            straight.add(State.of(debugger));
            int place = straight.size() - 1;
            for (int turn = 0; turn < 60; turn++) {
                int target = random.nextInt(straight.size());
                int by = Math.max(-12, Math.min(12, target - place));
                for (int i = 0; i < Math.abs(by); i++) {
                    Outcome outcome = by < 0 ? debugger.stepBack() : debugger.step(SOON);
                    assertThat(outcome).as("seed %d", seed).isInstanceOf(Outcome.Stepped.class);
                    place += Integer.signum(by);
                    assertThat(State.of(debugger))
                            .as("seed %d, turn %d", seed, turn)
                            .isEqualTo(straight.get(place));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void haltsOnTheWayBackAreThoseOfTheWayThere(EngineProvider engine) {
        try (Board board = helloNet(engine);
                Board straight = helloNet(engine)) {
            straight.connectUserNetwork(1);
            straight.reset();
            Outcome whole = straight.run(SOON);
            board.connectUserNetwork(1);
            board.reset();
            Debugger debugger = remembering(board, engine);
            debugger.go(Clock.SECOND / 20);
            int handler = (int) board.machine().bus().peek(0x0800_0000 + 4 * ExceptionNumber.SYSTICK, 4) & ~1;
            debugger.points().setBreakpoint(handler);
            List<State> halts = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                assertThat(debugger.go(SOON)).isEqualTo(new Outcome.Breakpoint(handler));
                halts.add(State.of(debugger));
            }
            for (int i = halts.size() - 2; i >= 0; i--) {
                assertThat(debugger.goBack()).isEqualTo(new Outcome.Breakpoint(handler));
                assertThat(State.of(debugger)).as("halt %d", i).isEqualTo(halts.get(i));
            }
            assertThat(debugger.inPast()).isTrue();
            debugger.points().clearBreakpoint(handler);
            assertThat(debugger.goBack()).isEqualTo(new Outcome.HistoryBegins());
            assertThat(debugger.machine().now()).isZero();
            assertThat(debugger.go(SOON)).isEqualTo(whole);
            assertThat(debugger.inPast()).isFalse();
            assertThat(board.machine().instructions())
                    .isEqualTo(straight.machine().instructions());
            assertThat(board.machine().core().exceptionsTaken())
                    .isEqualTo(straight.machine().core().exceptionsTaken());
        }
    }

    /** Octets of the host come again on the way forth, and nothing that was sent is sent twice. */
    @ParameterizedTest
    @MethodSource("engines")
    void whatCameInComesInAgain(EngineProvider engine) {
        StringBuilder sent = new StringBuilder();
        try (Board board = helloNet(engine)) {
            board.console().transmitTo((character, now) -> sent.append((char) character));
            board.reset();
            Debugger debugger = remembering(board, engine);
            debugger.go(Clock.SECOND / 50);
            long before = board.machine().instructions();
            board.serialInput().received(new byte[] {'x'});
            debugger.go(Clock.SECOND / 40);
            debugger.step(SOON);
            int dataRegister = 0x4001_1004;
            int received = (int) board.machine().bus().peek(dataRegister, 4);
            String printed = sent.toString();
            State present = State.of(debugger);
            debugger.stepBack();
            debugger.points().watch(dataRegister, 4, DebugPoints.Watch.WRITE);
            debugger.goBack();
            assertThat(debugger.machine().instructions()).isLessThan(before);
            debugger.points().clear();
            while (debugger.inPast()) {
                debugger.step(SOON);
            }
            assertThat(State.of(debugger)).isEqualTo(present);
            debugger.stepBack();
            assertThat((int) debugger.machine().bus().peek(dataRegister, 4)).isEqualTo(received);
            assertThat(received).isEqualTo('x');
            assertThat(sent).hasToString(printed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "unicorn"})
    void gdbFindsWhoWroteAndGoesBackThroughAnExceptionEntry(String engine) throws Exception {
        try (DebuggedRun run = DebuggedRun.start(folder, "hello-net", "--halt", "--engine", engine)) {
            String session = run.gdb(
                    "break SysTick_Handler",
                    "continue",
                    "continue",
                    "reverse-stepi",
                    "info symbol $pc",
                    "print $xpsr & 0x1ff",
                    "stepi",
                    "info symbol $pc",
                    "delete",
                    "stepi 4",
                    "print tick_count",
                    "watch tick_count",
                    "reverse-continue",
                    "x/i $pc",
                    "print tick_count",
                    "reverse-continue",
                    "print tick_count",
                    "reverse-continue",
                    "info symbol $pc",
                    "delete",
                    "stepi 3",
                    "monitor reset halt",
                    "kill");
            assertThat(session)
                    .containsPattern("require_bits.*in section .text\n\\$1 = 0\\s[^#]*SysTick_Handler in section")
                    .contains("$2 = 2")
                    .containsPattern("Old value = 2\nNew value = 1\n\\S+ in SysTick_Handler")
                    .containsPattern("=> \\S+ <SysTick_Handler\\+6>:\\s+str")
                    .contains("$3 = 1")
                    .containsPattern("Old value = 1\nNew value = 0")
                    .contains("$4 = 0")
                    .contains("No more reverse-execution history.")
                    .contains("Reset_Handler in section .text")
                    .contains("in the past nothing can be changed; 'continue' leads back");
        }
    }

    /** A session that goes back and forth among frames leaves the same capture and the same console as a run without one. */
    @Test
    void nothingIsSentTwice() throws Exception {
        Path undisturbed = folder.resolve("undisturbed.pcapng");
        Picorn.Result straight = Picorn.run("run", "hello-net", "--engine", "java", "--pcap", undisturbed.toString());
        Path capture = folder.resolve("capture.pcapng");
        try (DebuggedRun run = DebuggedRun.start(
                folder, "hello-net", "--halt", "--engine", "java", "--time", "virtual", "--pcap", capture.toString())) {
            String session = run.gdb(
                    "break ETH_IRQHandler",
                    "continue",
                    "continue",
                    "continue",
                    "monitor time",
                    "reverse-continue",
                    "reverse-continue",
                    "reverse-stepi",
                    "continue",
                    "continue",
                    "continue",
                    "monitor time",
                    "reverse-continue",
                    "delete",
                    "continue");
            assertThat(session).contains("exited normally");
            List<String> times = session.lines()
                    .filter(line -> line.contains(" instructions, "))
                    .toList();
            assertThat(times).hasSize(2).allMatch(times.get(0)::equals);
            assertThat(run.status()).isZero();
            assertThat(run.console()).isEqualTo(straight.console());
        }
        assertThat(Files.readAllBytes(capture)).isEqualTo(Files.readAllBytes(undisturbed));
    }

    @Test
    void gdbIsToldIfHistoryIsNotKept() throws Exception {
        try (DebuggedRun run = DebuggedRun.start(folder, "hello-net", "--halt", "--history", "0")) {
            assertThat(run.gdb(
                            "stepi",
                            "python",
                            "try: gdb.execute('reverse-stepi')",
                            "except gdb.error as e: print(e)",
                            "end"))
                    .contains("Target remote does not support this command.");
        }
    }
}
