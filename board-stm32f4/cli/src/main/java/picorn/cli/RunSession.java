// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Outcome;
import picorn.emulator.replay.Recording;
import picorn.emulator.report.Finding;
import picorn.emulator.semihosting.ConfinedDirectory;
import picorn.emulator.semihosting.SemihostingHost;
import picorn.emulator.time.Clock;
import picorn.emulator.time.EventQueue;
import picorn.netstack.host.HostLink;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.Cable;
import picorn.stm32f4.board.FailureReport;
import picorn.stm32f4.board.UserNetwork;
import picorn.stm32f4.linux.LinuxFailure;

/** One run of an image on a board, from power-up to the closing table. */
final class RunSession implements AutoCloseable {
    private final RunOptions options;
    private final Image image;
    private final Board board;
    private final Machine machine;
    private final RunControl control;
    private final RunPace pace;
    private final Optional<TextWatch> watch;
    private final Optional<Cable> cable;
    private final Optional<HostEnd> hostEnd;
    private final Optional<LinuxFailure> failure;
    private final RunFiles files;
    private final TraceFiles traces;
    private final Optional<RunReplay> replay;
    private final Optional<RunRecord> record;
    private final Optional<GdbSession> gdb;
    private final SerialLink serial;
    private final HostOutput console;
    private final HostOutput serialOutput;

    private RunSession(RunOptions options, Image image, Board board, EngineProvider engine, Deque<AutoCloseable> opened)
            throws UsageError, BadImage {
        this.options = options;
        this.image = image;
        this.board = board;
        machine = board.machine();
        board.load(image);
        watch = options.until().map(TextWatch::new);
        failure = options.kernel().linux() ? Optional.of(new LinuxFailure()) : Optional.empty();
        control = new RunControl(machine);
        pace = new RunPace(machine, options.time());
        files = new RunFiles(options, opened, () -> control.post(RunStop.OUTPUT_CLOSED));
        OutputStream stdout = new FileOutputStream(
                options.network().capturesToStandardOutput() ? FileDescriptor.err : FileDescriptor.out);
        serial = SerialLink.open(options.uart1(), stdout, line());
        opened.push(serial);
        board.semihosting(semihosting());
        console = new HostOutput(stdout, () -> control.post(RunStop.OUTPUT_CLOSED));
        serialOutput = serial.out() == stdout
                ? console
                : new HostOutput(serial.out(), () -> control.post(RunStop.OUTPUT_CLOSED));
        Plugged plugged = plug(opened);
        cable = plugged.cable();
        hostEnd = plugged.end();
        traces = new TraceFiles(options.trace(), board, cable.map(Cable::wire), image.symbols(), opened);
        options.network().impairment().ifPresent(config -> cable.orElseThrow().impair(config, options.seed()));
        files.pcap().ifPresent(writer -> cable.orElseThrow().wire().tap(writer));
        machine.findings().onNew(this::found);
        limitStack();
        board.console().transmitTo((character, now) -> printSerial(character & 0xFF));
        machine.onTrace((port, octet) -> print(console, octet));
        if (options.snapshot().load().isPresent()) {
            SnapshotOptions.restore("--load", options.snapshot().load().get(), board);
        }
        replay = replay();
        replay.ifPresent(opened::push);
        record = record(opened);
        gdb = gdb(engine);
        gdb.ifPresent(opened::push);
    }

    private Optional<RunReplay> replay() throws UsageError {
        Optional<Recording> recording = options.replay().replay();
        return recording.isEmpty() ? Optional.empty() : Optional.of(new RunReplay(recording.get(), board, cable));
    }

    private Optional<RunRecord> record(Deque<AutoCloseable> opened) throws UsageError {
        if (options.replay().record().isEmpty()) {
            return Optional.empty();
        }
        OutputFile file = new OutputFile("record", options.replay().record().get());
        opened.push(file);
        return Optional.of(new RunRecord(board, options.replay().facts(), file));
    }

    private Optional<GdbSession> gdb(EngineProvider engine) throws UsageError {
        DebugOptions debug = options.debug();
        if (debug.gdb().isEmpty()) {
            return Optional.empty();
        }
        GdbSession session =
                new GdbSession(board, () -> same(engine), debug, pace, () -> hostEnd.ifPresent(HostEnd::restored));
        session.onChange(() -> record.ifPresent(RunRecord::changed));
        return Optional.of(session);
    }

    /** A second board like this one, whose output nobody sees. */
    private Board same(EngineProvider engine) {
        Board second = new Board(options.board(), engine, options.seed());
        try {
            second.load(image);
        } catch (BadImage e) {
            throw new IllegalStateException("it fitted into the first", e);
        }
        second.semihosting(
                SemihostingHost.of((octets, at, length) -> {}, second.machine()).withCommandLine(commandLine()));
        return second;
    }

    /** Puts it together; if that fails, nothing stays open and no file is left. */
    static RunSession open(RunOptions options, Image image, EngineProvider engine) throws UsageError, BadImage {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        Board board = new Board(options.board(), engine, options.seed());
        opened.push(board);
        try {
            return new RunSession(options, image, board, engine, opened);
        } catch (UsageError | BadImage | RuntimeException e) {
            for (AutoCloseable resource : opened) {
                closeQuietly(resource, e);
            }
            throw e;
        }
    }

    private SerialLink.Line line() {
        return new SerialLink.Line(board.serialInput(), machine.inbox(), pace, () -> control.end(RunStop.LEFT));
    }

    /** The cable, and what of the host's is at its end. */
    private record Plugged(Optional<Cable> cable, Optional<HostEnd> end) {}

    private Plugged plug(Deque<AutoCloseable> opened) throws UsageError {
        NetTarget target = options.network().net();
        if (target instanceof NetTarget.None) {
            return new Plugged(Optional.empty(), Optional.empty());
        }
        if (options.replay().replay().isPresent()) {
            return new Plugged(Optional.of(board.connectCable()), Optional.empty());
        }
        Plugged plugged = target instanceof NetTarget.User user ? plugUser(user) : plugLink(HostLinks.open(target));
        plugged.end().ifPresent(opened::push);
        return plugged;
    }

    private Plugged plugUser(NetTarget.User user) throws UsageError {
        UserNetwork network = board.connectTransparentNetwork(options.seed());
        HostEnd end = HostNetwork.open(machine, network, user, options.network().forwards(), pace);
        return new Plugged(Optional.of(network.cable()), Optional.of(end));
    }

    private Plugged plugLink(HostLink link) {
        Cable plain = board.connectCable();
        return new Plugged(Optional.of(plain), Optional.of(new LinkedCable(plain, link, machine.inbox(), pace)));
    }

    private static void closeQuietly(AutoCloseable resource, Exception because) {
        try {
            resource.close();
        } catch (Exception e) {
            because.addSuppressed(e);
        }
    }

    private SemihostingHost semihosting() throws UsageError {
        SemihostingHost host = SemihostingHost.of(this::printAll, machine).withCommandLine(commandLine());
        if (options.semihostingDirectory().isEmpty()) {
            return host;
        }
        try {
            return host.withFiles(
                    ConfinedDirectory.of(options.semihostingDirectory().get()), SemihostingHost.LARGEST_FILE);
        } catch (IOException e) {
            throw new UsageError("--semihosting-dir " + e.getMessage());
        }
    }

    private String commandLine() {
        return (options.image() + " " + options.kernel().append()).strip();
    }

    private void printSerial(int octet) {
        print(serialOutput, octet);
        if (failure.isPresent() && failure.get().sees(octet)) {
            machine.stop(RunStop.LINUX_FAILED);
        }
    }

    private void print(HostOutput output, int octet) {
        output.write(octet);
        if (watch.isPresent() && watch.get().sees(octet)) {
            machine.stop(RunStop.UNTIL);
        }
    }

    private void printAll(byte[] octets, int at, int length) {
        for (int i = 0; i < length; i++) {
            print(console, octets[at + i] & 0xFF);
        }
    }

    private void found(Finding finding) {
        System.err.printf(
                "picorn: %s (instruction %04x)%n",
                FailureReport.of(finding, image.symbols()), machine.bus().peek(finding.pc(), 2) & 0xFFFF);
        if (options.checks().severity() == CheckOptions.Severity.FATAL) {
            machine.stop(RunStop.STRICT);
        }
    }

    private void limitStack() {
        CheckOptions checks = options.checks();
        checks.stackLimit().ifPresent(machine.core()::limitStack);
        if (checks.stackLimit().isPresent() || checks.severity() == CheckOptions.Severity.FATAL) {
            machine.core().watchStackLimit();
        }
    }

    /** Runs it to its end; the result is the exit status. */
    int run() {
        control.begin(this::hurryOutput);
        try {
            pace.begin();
            hostEnd.ifPresent(HostEnd::start);
            options.wallLimit().ifPresent(control::startWallLimit);
            long start = System.nanoTime();
            powerUp();
            replay.ifPresent(RunReplay::begin);
            Outcome outcome = outcome();
            replay.ifPresent(RunReplay::catchUp);
            return conclude(outcome, System.nanoTime() - start);
        } finally {
            control.finish();
        }
    }

    /** A board that goes on from a snapshot has been powered up before. */
    private void powerUp() {
        if (options.snapshot().load().isPresent()) {
            hostEnd.ifPresent(HostEnd::restored);
        } else {
            board.reset();
        }
    }

    private int conclude(Outcome outcome, long wall) {
        RunReport report = report(outcome, wall);
        serialOutput.close();
        console.close();
        report.failure().forEach(line -> System.err.println("  " + line));
        System.err.print(report.toTable());
        boolean written = files.complete(report, board)
                & traces.complete()
                & closeSerial()
                & (record.isEmpty() || record.get().complete(report.ending()));
        return written ? report.ending().status() : ExitStatus.FAILED;
    }

    private Outcome outcome() {
        return gdb.isPresent() ? gdb.get().run(limit()) : board.run(limit());
    }

    private long limit() {
        long limit = options.limit().isEmpty()
                ? EventQueue.NEVER
                : (long) (options.limit().getAsDouble() * Clock.SECOND);
        return Math.min(limit, replay.map(RunReplay::end).orElse(EventQueue.NEVER));
    }

    private void hurryOutput() {
        serialOutput.hurry();
        console.hurry();
        files.hurry();
    }

    private RunReport report(Outcome outcome, long wall) {
        RunEnding ending = failure.filter(linux -> linux.message().isPresent())
                .map(linux -> RunEnding.of(linux, options.board()))
                .orElseGet(() -> replay.isPresent() ? replay.get().ending(outcome) : RunEnding.of(outcome));
        return new RunReport(
                options.image(),
                options.board().name(),
                machine.engine().name(),
                machine.engine().timing(),
                options.seed(),
                ending,
                machine.instructions(),
                machine.core().exceptionsTaken(),
                machine.now(),
                wall,
                cable.map(c -> c.wire().a().frames()).orElse(0L),
                cable.map(c -> c.wire().b().frames()).orElse(0L),
                board.memoryUse(),
                machine.findings().all(),
                machine.findings().beyondCapacity(),
                ending.status() == ExitStatus.WELL ? List.of() : FailureReport.of(machine, image.symbols()));
    }

    private boolean closeSerial() {
        try {
            serial.close();
            return true;
        } catch (IOException e) {
            System.err.printf("picorn: the output of USART1 could not be completed: %s%n", e.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        gdb.ifPresent(GdbSession::close);
        replay.ifPresent(RunReplay::close);
        hostEnd.ifPresent(HostEnd::close);
        control.close();
        board.close();
    }
}
