// SPDX-License-Identifier: MIT
package picorn.junit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.image.Symbol;
import picorn.emulator.image.Symbols;
import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Outcome;
import picorn.emulator.report.Finding;
import picorn.emulator.semihosting.SemihostingHost;
import picorn.stm32f4.board.BoardModel;
import picorn.stm32f4.board.UserNetwork;
import picorn.stm32f4.trace.TraceKind;
import picorn.stm32f4.trace.TraceRequest;

/**
 * The board of a test, powered up with its firmware, at time 0 when the test begins. It runs while the test waits, on the test's
 * thread.
 *
 * <pre>{@code
 * @Test
 * void countsItsCommands(Board board) {
 *     board.console().awaitLine("ready", ofSeconds(2));
 *     board.console().send("count\r");
 *     board.run(ofMillis(10));
 *     assertThat(board.variable("commands").asInt()).isEqualTo(1);
 * }
 * }</pre>
 */
public final class Board {
    private static final int CAPTURE = 64 << 20;

    private final String image;
    private final boolean strict;
    private final picorn.stm32f4.board.Board hardware;
    private final Symbols symbols;
    private final FaultWatch faults;
    private final FindingWatch wrongs;
    private final WallGuard guard;
    private final Runner runner;
    private final Console console;
    private final Network network;
    private final Memory memory;
    private final Registers registers;
    private final Clock clock;
    private final UserNetwork cable;
    private final FrameCapture frames = new FrameCapture(CAPTURE);

    Board(PicornTest test, BoardModel model, Image image, EngineProvider engine, Optional<BootedBoard> booted)
            throws BadImage {
        this.image = test.image();
        strict = test.strict();
        hardware = new picorn.stm32f4.board.Board(model, engine);
        Machine machine = hardware.machine();
        symbols = image.symbols();
        faults = new FaultWatch(machine, symbols);
        guard = new WallGuard(machine, Duration.ofSeconds(test.wallLimitSeconds()));
        wrongs = new FindingWatch(test, machine, symbols);
        runner = new Runner(machine, faults, wrongs, guard);
        console = new Console(machine, runner, hardware.serialInput());
        cable = hardware.connectUserNetwork(test.seed());
        cable.wire().tap(frames);
        network = new Network(cable, machine, runner, test.seed());
        memory = new Memory(machine);
        registers = new Registers(hardware);
        clock = new Clock(machine, runner);
        connect();
        arguments(test.args());
        start(image);
        booted.ifPresent(this::goOnFrom);
    }

    private void goOnFrom(BootedBoard booted) {
        booted.snapshot().restoreTo(hardware);
        console.goOnFrom(booted.printed());
    }

    private void connect() {
        hardware.console().transmitTo((character, now) -> console.print(character));
        hardware.machine().onTrace((port, octet) -> console.print(octet));
    }

    private void printAll(byte[] octets, int at, int length) {
        for (int i = 0; i < length; i++) {
            console.print(octets[at + i]);
        }
    }

    private void watchClosely() {
        if (strict) {
            hardware.machine().core().watchStackLimit();
        }
    }

    private void start(Image image) throws BadImage {
        try {
            hardware.load(image);
            watchClosely();
            hardware.reset();
        } catch (BadImage e) {
            close();
            throw e;
        }
    }

    /**
     * What firmware prints, and a way to type.
     *
     * <pre>{@code
     * board.console().awaitLine("ready", ofSeconds(2));
     * }</pre>
     */
    public Console console() {
        return console;
    }

    /**
     * The other end of its Ethernet cable.
     *
     * <pre>{@code
     * assertThat(board.network().ping("10.0.2.15")).answersWithin(ofMillis(5));
     * }</pre>
     */
    public Network network() {
        return network;
    }

    /**
     * Its address space.
     *
     * <pre>{@code
     * assertThat(board.memory().word(0x0800_0000)).isEqualTo(0x2003_0000);
     * }</pre>
     */
    public Memory memory() {
        return memory;
    }

    /**
     * Its registers.
     *
     * <pre>{@code
     * RegisterView cr1 = board.registers().get("USART1.CR1");
     * }</pre>
     */
    public Registers registers() {
        return registers;
    }

    /**
     * Its time.
     *
     * <pre>{@code
     * Duration booted = board.clock().now();
     * }</pre>
     */
    public Clock clock() {
        return clock;
    }

    /**
     * Says, in place of {@link PicornTest#args}, what follows the image's name on the command line that firmware gets by semihosting
     * when it asks.
     *
     * <pre>{@code
     * board.arguments("seed=" + seed);
     * assertThat(board.awaitExit(ofSeconds(60))).isZero();
     * }</pre>
     */
    public void arguments(String arguments) {
        SemihostingHost host = SemihostingHost.of(this::printAll, hardware.machine());
        hardware.semihosting(host.withCommandLine((image + " " + arguments).strip()));
    }

    /**
     * A variable of the firmware.
     *
     * <pre>{@code
     * assertThat(board.variable("counter").asInt()).isEqualTo(3);
     * }</pre>
     *
     * @param name its symbol
     * @throws AssertionError if the image has none of this name
     */
    public Variable variable(String name) {
        return new Variable(symbol(name), memory);
    }

    /**
     * A function or an object of the firmware.
     *
     * <pre>{@code
     * int buffer = board.symbol("receive_buffer").address();
     * }</pre>
     *
     * @throws AssertionError if the image has none of this name
     */
    public Symbol symbol(String name) {
        return symbols.named(name)
                .orElseThrow(() -> new AssertionError(
                        "the image has no symbol '%s' among its %d; check that it is not stripped or optimised away"
                                .formatted(name, symbols.size())));
    }

    /**
     * A register by the manual's name, looked at without effect.
     *
     * <pre>{@code
     * assertThat(board.register("USART1.CR1").field("UE")).isEqualTo(1);
     * }</pre>
     */
    public RegisterView register(String name) {
        return registers.get(name);
    }

    /**
     * From now on a fault of this kind does not fail the test; that none comes until the test's end does.
     *
     * <pre>{@code
     * board.expectFault(Fault.BUS_FAULT);
     * board.console().send("peek 0xA0000000\r");
     * board.console().awaitLine("there is nothing", ofMillis(10));
     * }</pre>
     */
    public void expectFault(Fault fault) {
        faults.expect(fault);
    }

    /**
     * What the firmware did wrong with the chip up to now, each kind once for what it was done to, with place and time.
     *
     * <pre>{@code
     * assertThat(board.findings()).extracting(Finding::subject).doesNotContain("USART2.CR1");
     * }</pre>
     */
    public List<Finding> findings() {
        return hardware.machine().findings().all();
    }

    /**
     * From now on findings of this kind do not fail a test that is {@link PicornTest#strict strict}.
     *
     * <pre>{@code
     * board.allow(Finding.Kind.UNMODELLED_REGISTER);
     * }</pre>
     */
    public void allow(Finding.Kind kind) {
        wrongs.allow(kind);
    }

    /**
     * From now on the main stack is not to grow below {@code limit}; otherwise the image's symbols tell, if they do.
     *
     * <pre>{@code
     * board.limitStack(0x2002_f000);
     * }</pre>
     */
    public void limitStack(int limit) {
        hardware.machine().core().limitStack(limit);
        hardware.machine().core().watchStackLimit();
    }

    /**
     * The core is to lock up until the test's end, which otherwise fails the test.
     *
     * <pre>{@code
     * board.expectFault(Fault.HARD_FAULT);
     * board.expectLockUp();
     * board.console().send("crash\r");
     * board.run(ofMillis(10));
     * }</pre>
     */
    public void expectLockUp() {
        runner.expectLockUp();
    }

    /**
     * The firmware is to end itself with this code until the test's end; without this call any code but 0 fails the test.
     *
     * <pre>{@code
     * board.expectExit(3);
     * board.awaitExit(ofSeconds(1));
     * }</pre>
     */
    public void expectExit(int code) {
        runner.expectExit(code);
    }

    /**
     * Runs for so much virtual time, or until the firmware ends as it should. If it sleeps meanwhile, time goes on.
     *
     * <pre>{@code
     * board.run(ofMillis(10));
     * }</pre>
     */
    public void run(Duration time) {
        runner.run(time);
    }

    /**
     * Runs until {@code condition} holds, which is looked at each virtual millisecond and whenever something was printed or a frame
     * came.
     *
     * <pre>{@code
     * board.await("three commands", () -> board.variable("commands").asInt() == 3, ofSeconds(1));
     * }</pre>
     *
     * @param what the condition in words, for the message
     * @param limit virtual time
     */
    public void await(String what, BooleanSupplier condition, Duration limit) {
        runner.await(what, condition, limit);
    }

    /**
     * Runs until the firmware ends itself, by semihosting.
     *
     * <pre>{@code
     * assertThat(board.awaitExit(ofSeconds(60))).isZero();
     * }</pre>
     *
     * @param limit virtual time
     * @return its code: 0, or that of {@link #expectExit}
     */
    public int awaitExit(Duration limit) {
        runner.await("the firmware to end itself", () -> exitCode().isPresent(), limit);
        return exitCode().getAsInt();
    }

    private OptionalInt exitCode() {
        Optional<Outcome> ended = runner.ended();
        return ended.isPresent() && ended.get() instanceof Outcome.Exited exited
                ? OptionalInt.of(exited.code())
                : OptionalInt.empty();
    }

    /**
     * Where the core is: the function, and the source line where debugging information tells, such as "main+0x12 at main.c:42".
     *
     * <pre>{@code
     * assertThat(board.where()).startsWith("idle_loop");
     * }</pre>
     */
    public String where() {
        return symbols.place(hardware.machine().engine().pc());
    }

    /**
     * Writes down from now on what the board does, in lines for people.
     *
     * <pre>{@code
     * Trace accesses = board.trace(TraceKind.MMIO);
     * }</pre>
     */
    public Trace trace(TraceKind... kinds) {
        return trace(TraceRequest.text(kinds));
    }

    /**
     * Writes down from now on what {@code request} asks for, in its format.
     *
     * <pre>{@code
     * TraceFilter part = TraceFilter.parse("USART1", "0x08000100-0x080001ff", Symbols.NONE);
     * Trace accesses = board.trace(TraceRequest.text(TraceKind.MMIO).only(part));
     * }</pre>
     */
    public Trace trace(TraceRequest request) {
        return new Trace(hardware, cable.wire(), symbols, request);
    }

    /**
     * All frames of its cable up to now, as a pcapng file; of more than 64 MB, the first.
     *
     * <pre>{@code
     * Files.write(Path.of("target/boot.pcapng"), board.capture());
     * }</pre>
     */
    public byte[] capture() {
        return frames.toPcapng();
    }

    /**
     * The machine under it, for what is not here: core registers, the bus, breakpoints.
     *
     * <pre>{@code
     * assertThat(board.machine().core().exceptionsTaken()).isZero();
     * }</pre>
     */
    public Machine machine() {
        return hardware.machine();
    }

    /**
     * The board under it, for what is not here: chip, pins, PHY.
     *
     * <pre>{@code
     * assertThat(board.hardware().model().name()).isEqualTo("stm32429i-eval");
     * }</pre>
     */
    public picorn.stm32f4.board.Board hardware() {
        return hardware;
    }

    FrameCapture frames() {
        return frames;
    }

    Symbols symbols() {
        return symbols;
    }

    /** Fails the test if something that it expects has not come. */
    void finish() {
        runner.finish();
    }

    void close() {
        guard.close();
        hardware.close();
    }
}
