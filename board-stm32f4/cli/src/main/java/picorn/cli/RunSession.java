// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.host.HostInbox;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Outcome;
import picorn.emulator.report.Finding;
import picorn.emulator.semihosting.ConfinedDirectory;
import picorn.emulator.semihosting.SemihostingHost;
import picorn.emulator.time.Clock;
import picorn.emulator.time.EventQueue;
import picorn.netstack.capture.PcapngWriter;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.FailureReport;
import picorn.stm32f4.board.SerialInput;
import picorn.stm32f4.board.UserNetwork;

/** One run of an image on a board, from power-up to the closing table. */
final class RunSession implements AutoCloseable {
    private static final String UNTIL = "printed the text waited for";
    private static final String INTERRUPTED = "interrupted";
    private static final String WALL_LIMIT = "limit of wall time reached";

    private final RunOptions options;
    private final Image image;
    private final Board board;
    private final Machine machine;
    private final SerialLink serial;
    private final HostInbox.Port control;
    private final Optional<PcapngWriter> pcap;
    private final Optional<TextWatch> watch;
    private final Optional<UserNetwork> network;
    private final CountDownLatch done = new CountDownLatch(1);

    RunSession(RunOptions options, Image image, EngineProvider engine) throws UsageError, BadImage {
        this.options = options;
        this.image = image;
        board = new Board(options.board(), engine);
        machine = board.machine();
        watch = options.until().map(TextWatch::new);
        machine.findings().onNew(this::printFinding);
        SerialInput input = new SerialInput(board.console(), machine);
        serial = SerialLink.open(options.uart1(), input, machine.inbox());
        control = machine.inbox().control("control", octets -> machine.stop(new String(octets)));
        board.console().transmitTo((character, now) -> console(character & 0xFF));
        machine.onTrace((port, octet) -> print(octet));
        board.semihosting(semihosting());
        network = options.net() == RunOptions.Net.USER
                ? Optional.of(board.connectUserNetwork(options.seed()))
                : Optional.empty();
        pcap = capture();
        board.load(image);
    }

    private SemihostingHost semihosting() throws UsageError {
        SemihostingHost host = SemihostingHost.of(this::printAll, machine).withCommandLine(commandLine());
        if (options.semihostingDirectory().isEmpty()) {
            return host;
        }
        Path directory = options.semihostingDirectory().get();
        try {
            return host.withFiles(ConfinedDirectory.of(directory), SemihostingHost.LARGEST_FILE);
        } catch (IOException e) {
            throw new UsageError("--semihosting-dir %s cannot be used: it must be a directory that can be read"
                    .formatted(directory));
        }
    }

    private String commandLine() {
        return (options.image() + " " + options.append()).strip();
    }

    private Optional<PcapngWriter> capture() throws UsageError {
        if (options.pcap().isEmpty()) {
            return Optional.empty();
        }
        if (network.isEmpty()) {
            throw new UsageError("--pcap needs a network; leave --net none out");
        }
        try {
            PcapngWriter writer = new PcapngWriter(new OutputFile(options.pcap().get()));
            network.get().wire().tap(writer);
            return Optional.of(writer);
        } catch (IOException e) {
            throw new UsageError(
                    "--pcap %s cannot be written: %s".formatted(options.pcap().get(), e.getMessage()));
        }
    }

    private void console(int octet) {
        serial.send(octet);
        look(octet);
    }

    private void print(int octet) {
        System.out.write(octet);
        if (octet == '\n') {
            System.out.flush();
        }
        look(octet);
    }

    private void printAll(byte[] octets, int at, int length) {
        for (int i = 0; i < length; i++) {
            print(octets[at + i]);
        }
    }

    private void look(int octet) {
        if (watch.isPresent() && watch.get().sees(octet)) {
            machine.stop(UNTIL);
        }
    }

    private void printFinding(Finding finding) {
        System.err.printf(
                "picorn: %s %s, at %s (instruction %04x), %.6f s%n",
                finding.subject(),
                finding.kind().description(),
                image.symbols().describe(finding.pc()),
                machine.bus().peek(finding.pc(), 2) & 0xFFFF,
                (double) finding.time() / Clock.SECOND);
    }

    /** Runs it to its end; the result is the exit status. */
    int run() {
        Thread onInterrupt = new Thread(this::interrupt, "picorn interrupt");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        setPace();
        options.wallLimit().ifPresent(this::startWallLimit);
        long start = System.nanoTime();
        machine.reset();
        Outcome outcome = machine.run(limit());
        long wall = System.nanoTime() - start;
        int status = conclude(outcome, wall);
        done.countDown();
        return status;
    }

    private int conclude(Outcome outcome, long wall) {
        serial.close();
        System.out.flush();
        RunReport report = report(outcome, wall);
        report.failure().forEach(line -> System.err.println("  " + line));
        System.err.print(report.toTable());
        boolean written = write(report) & completeCapture();
        return written ? report.status() : Math.max(report.status(), ExitStatus.FAILED);
    }

    private long limit() {
        return options.limit().isEmpty()
                ? EventQueue.NEVER
                : (long) (options.limit().getAsDouble() * Clock.SECOND);
    }

    private void setPace() {
        boolean attended =
                !(options.uart1() instanceof SerialTarget.Print || options.uart1() instanceof SerialTarget.ToFile);
        switch (options.time()) {
            case REAL -> machine.pace(new WallPace(machine.inbox(), WallPace.Holds.SLEEP_AND_WORK));
            case AUTO -> {
                if (attended) {
                    machine.pace(new WallPace(machine.inbox(), WallPace.Holds.SLEEP));
                }
            }
            case VIRTUAL -> {}
        }
    }

    private void startWallLimit(double seconds) {
        Thread timer = new Thread(() -> stopAfter(seconds), "picorn wall limit");
        timer.setDaemon(true);
        timer.start();
    }

    private void stopAfter(double seconds) {
        try {
            if (!done.await((long) (seconds * 1e9), TimeUnit.NANOSECONDS)) {
                control.post(WALL_LIMIT.getBytes());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ctrl-C: lets the run end with its table and its files. */
    private void interrupt() {
        try {
            if (done.getCount() > 0) {
                control.post(INTERRUPTED.getBytes());
                done.await(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RunReport report(Outcome outcome, long wall) {
        int status = status(outcome);
        return new RunReport(
                options.image(),
                options.board().name(),
                machine.engine().name(),
                ending(outcome),
                status,
                machine.instructions(),
                machine.core().exceptionsTaken(),
                machine.now(),
                wall,
                network.map(n -> n.wire().a().frames()).orElse(0L),
                network.map(n -> n.wire().b().frames()).orElse(0L),
                board.memoryUse(),
                machine.findings().all(),
                status == ExitStatus.WELL ? List.of() : failure());
    }

    private List<String> failure() {
        List<String> lines = new ArrayList<>(FailureReport.of(machine, image.symbols()));
        if (machine.findings().beyondCapacity() > 0) {
            lines.add("%d more findings were not kept"
                    .formatted(machine.findings().beyondCapacity()));
        }
        return lines;
    }

    private static int status(Outcome outcome) {
        boolean well = outcome instanceof Outcome.Exited exited && exited.code() == 0
                || outcome instanceof Outcome.Stopped stopped && stopped.why().equals(UNTIL);
        return well ? ExitStatus.WELL : ExitStatus.FAILED;
    }

    private static String ending(Outcome outcome) {
        if (outcome instanceof Outcome.Exited exited) {
            return exited.code() == 0 ? "ended well" : "ended itself with code " + exited.code();
        }
        if (outcome instanceof Outcome.Stopped stopped) {
            return stopped.why();
        }
        if (outcome instanceof Outcome.LockedUp) {
            return "the core locked up";
        }
        if (outcome instanceof Outcome.Asleep) {
            return "the core sleeps and nothing can wake it";
        }
        return outcome instanceof Outcome.TimeReached ? "limit of virtual time reached" : outcome.toString();
    }

    private boolean write(RunReport report) {
        if (options.report().isEmpty()) {
            return true;
        }
        try (OutputFile file = new OutputFile(options.report().get())) {
            file.write(report.toJson().getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (IOException e) {
            System.err.printf(
                    "picorn: --report %s cannot be written: %s%n",
                    options.report().get(), e.getMessage());
            return false;
        }
    }

    private boolean completeCapture() {
        pcap.ifPresent(PcapngWriter::close);
        Optional<IOException> failure = pcap.flatMap(PcapngWriter::takeFailure);
        failure.ifPresent(e -> System.err.printf(
                "picorn: --pcap %s is not complete: %s%n", options.pcap().get(), e.getMessage()));
        return failure.isEmpty();
    }

    @Override
    public void close() {
        control.close();
        board.close();
    }
}
