// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
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
    private final RunOptions options;
    private final Image image;
    private final Board board;
    private final Machine machine;
    private final HostInbox.Port control;
    private final Optional<TextWatch> watch;
    private final Optional<UserNetwork> network;
    private final Optional<OutputFile> reportFile;
    private final Optional<OutputFile> pcapFile;
    private final Optional<PcapngWriter> pcap;
    private final SerialLink serial;
    private final HostOutput console;
    private final HostOutput serialOutput;
    private final CountDownLatch done = new CountDownLatch(1);

    private RunSession(RunOptions options, Image image, Board board, Deque<AutoCloseable> opened)
            throws UsageError, BadImage {
        this.options = options;
        this.image = image;
        this.board = board;
        machine = board.machine();
        board.load(image);
        watch = options.until().map(TextWatch::new);
        control =
                machine.inbox().control("control", octets -> machine.stop(new String(octets, StandardCharsets.UTF_8)));
        network = options.net() == RunOptions.Net.USER
                ? Optional.of(board.connectUserNetwork(options.seed()))
                : Optional.empty();
        reportFile = open("report", options.report(), opened);
        pcapFile = open("pcap", options.pcap(), opened);
        pcap = pcapFile.map(PcapngWriter::new);
        OutputStream stdout = new FileOutputStream(FileDescriptor.out);
        serial = SerialLink.open(options.uart1(), stdout, new SerialInput(board.console(), machine), machine.inbox());
        opened.push(serial);
        board.semihosting(semihosting());
        console = new HostOutput(stdout, () -> post(RunEnding.OUTPUT_CLOSED));
        serialOutput =
                serial.out() == stdout ? console : new HostOutput(serial.out(), () -> post(RunEnding.OUTPUT_CLOSED));
        pcap.ifPresent(writer -> network.orElseThrow().wire().tap(writer));
        machine.findings().onNew(this::printFinding);
        board.console().transmitTo((character, now) -> print(serialOutput, character & 0xFF));
        machine.onTrace((port, octet) -> print(console, octet));
    }

    /** Puts it together; if that fails, nothing stays open and no file is left. */
    static RunSession open(RunOptions options, Image image, EngineProvider engine) throws UsageError, BadImage {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        Board board = new Board(options.board(), engine, options.seed());
        opened.push(board);
        try {
            return new RunSession(options, image, board, opened);
        } catch (UsageError | BadImage | RuntimeException e) {
            for (AutoCloseable resource : opened) {
                closeQuietly(resource, e);
            }
            throw e;
        }
    }

    private static void closeQuietly(AutoCloseable resource, Exception because) {
        try {
            resource.close();
        } catch (Exception e) {
            because.addSuppressed(e);
        }
    }

    private static Optional<OutputFile> open(String option, Optional<Path> file, Deque<AutoCloseable> opened)
            throws UsageError {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        OutputFile output = new OutputFile(option, file.get());
        opened.push(output);
        return Optional.of(output);
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
        return (options.image() + " " + options.append()).strip();
    }

    private void print(HostOutput output, int octet) {
        output.write(octet);
        if (watch.isPresent() && watch.get().sees(octet)) {
            machine.stop(RunEnding.UNTIL);
        }
    }

    private void printAll(byte[] octets, int at, int length) {
        for (int i = 0; i < length; i++) {
            print(console, octets[at + i] & 0xFF);
        }
    }

    private void printFinding(Finding finding) {
        System.err.printf(
                "picorn: %s %s, at %s (instruction %04x), %.6f s%n",
                finding.subject(),
                finding.kind().description(),
                image.symbols().place(finding.pc()),
                machine.bus().peek(finding.pc(), 2) & 0xFFFF,
                (double) finding.time() / Clock.SECOND);
    }

    /** Runs it to its end; the result is the exit status. */
    int run() {
        Thread onInterrupt = new Thread(this::interrupt, "picorn interrupt");
        Runtime.getRuntime().addShutdownHook(onInterrupt);
        try {
            setPace();
            options.wallLimit().ifPresent(this::startWallLimit);
            long start = System.nanoTime();
            board.reset();
            Outcome outcome = board.run(limit());
            return conclude(outcome, System.nanoTime() - start);
        } finally {
            done.countDown();
            remove(onInterrupt);
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it runs already: this is the end that it waits for
        }
    }

    private int conclude(Outcome outcome, long wall) {
        RunReport report = report(outcome, wall);
        serialOutput.close();
        console.close();
        report.failure().forEach(line -> System.err.println("  " + line));
        System.err.print(report.toTable());
        boolean written = write(report) & completeCapture() & closeSerial();
        return written ? report.ending().status() : ExitStatus.FAILED;
    }

    private long limit() {
        return options.limit().isEmpty()
                ? EventQueue.NEVER
                : (long) (options.limit().getAsDouble() * Clock.SECOND);
    }

    private void setPace() {
        boolean attended = options.uart1() instanceof SerialTarget.Stdio || options.uart1() instanceof SerialTarget.Tcp;
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
                end(RunEnding.WALL_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ctrl-C: lets the run end with its table and its files. */
    private void interrupt() {
        try {
            if (done.getCount() > 0) {
                end(RunEnding.INTERRUPTED);
                done.await(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(String why) {
        serialOutput.abandon();
        console.abandon();
        post(why);
    }

    private void post(String why) {
        try {
            control.post(why.getBytes(StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RunReport report(Outcome outcome, long wall) {
        RunEnding ending = RunEnding.of(outcome);
        return new RunReport(
                options.image(),
                options.board().name(),
                machine.engine().name(),
                options.seed(),
                ending,
                machine.instructions(),
                machine.core().exceptionsTaken(),
                machine.now(),
                wall,
                network.map(n -> n.wire().a().frames()).orElse(0L),
                network.map(n -> n.wire().b().frames()).orElse(0L),
                board.memoryUse(),
                machine.findings().all(),
                machine.findings().beyondCapacity(),
                ending.status() == ExitStatus.WELL ? List.of() : FailureReport.of(machine, image.symbols()));
    }

    private boolean write(RunReport report) {
        return complete("report", reportFile, file -> file.write(report.toJson().getBytes(StandardCharsets.UTF_8)));
    }

    private boolean completeCapture() {
        Optional<IOException> failure = pcap.flatMap(PcapngWriter::takeFailure);
        return complete("pcap", pcapFile, file -> {
            if (failure.isPresent()) {
                throw failure.get();
            }
        });
    }

    private interface Last {
        void write(OutputFile file) throws IOException;
    }

    /** Puts an output file in its place after {@code last}; false, and a line for the user, if that fails. */
    private static boolean complete(String option, Optional<OutputFile> output, Last last) {
        if (output.isEmpty()) {
            return true;
        }
        try (OutputFile file = output.get()) {
            last.write(file);
            file.complete();
            return true;
        } catch (IOException e) {
            System.err.printf("picorn: the file of --%s could not be written: %s%n", option, e.getMessage());
            return false;
        }
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
        control.close();
        board.close();
    }
}
