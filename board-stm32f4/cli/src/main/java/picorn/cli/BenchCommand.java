// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.image.BadImage;
import picorn.emulator.image.Image;
import picorn.emulator.machine.Outcome;
import picorn.emulator.semihosting.SemihostingHost;
import picorn.emulator.time.Clock;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.BoardModel;

/** {@code picorn bench}: speed on four programs beside QEMU, in alternating runs. */
final class BenchCommand implements Command {
    private static final List<String> PROGRAMS = List.of(
            "bench-alu",
            "bench-store",
            "bench-mmio",
            "bench-exceptions",
            "bench-core",
            "bench-calls",
            "bench-copy",
            "bench-float",
            "bench-rewrite");
    private static final long LIMIT = 3600 * Clock.SECOND;

    private record Run(double seconds, long instructions, String output) {}

    @Override
    public String name() {
        return "bench";
    }

    @Override
    public String arguments() {
        return "[PROGRAM...]";
    }

    @Override
    public String summary() {
        return "measures speed on %s beside QEMU".formatted(String.join(", ", PROGRAMS));
    }

    @Override
    public List<String> examples() {
        return List.of("picorn bench bench-alu --runs 3");
    }

    @Override
    public Options options() {
        Options options = new Options();
        EngineOptions.declareEngine(options, "unicorn");
        OptionValues.add(options, "runs", "N", "paired runs of each (default 5)");
        EngineOptions.declareTranslation(options);
        return options;
    }

    @Override
    public int run(CommandLine line) throws UsageError, BadImage {
        EngineProvider engine = EngineOptions.parse(line, "unicorn").provider();
        int runs = runs(line.getOptionValue("runs", "5"));
        boolean qemu = Qemu.version().isPresent();
        System.out.printf(
                "engine %s, %d runs each, medians; peer: %s%n",
                engine.name(), runs, Qemu.version().orElse("QEMU is not installed"));
        System.out.println("program             instructions  seconds     MIPS   QEMU seconds   speed / QEMU");
        List<String> programs = line.getArgList().isEmpty() ? PROGRAMS : line.getArgList();
        boolean equal = true;
        for (String program : programs) {
            if (!PROGRAMS.contains(program)) {
                throw new UsageError(
                        "there is no benchmark '%s'; there are: %s".formatted(program, String.join(", ", PROGRAMS)));
            }
            equal &= measure(program, engine, runs, qemu);
        }
        return equal ? ExitStatus.WELL : ExitStatus.FAILED;
    }

    private static int runs(String text) throws UsageError {
        if (!text.matches("[1-9][0-9]?")) {
            throw new UsageError("--runs %s cannot be; it is 1 to 99".formatted(text));
        }
        return Integer.parseInt(text);
    }

    private static boolean measure(String program, EngineProvider engine, int runs, boolean qemu)
            throws UsageError, BadImage {
        Image image = BundledImages.bundled(program, OptionalInt.empty());
        double[] ours = new double[runs];
        double[] theirs = new double[runs];
        List<String> outputs = new ArrayList<>();
        long instructions = 0;
        for (int i = 0; i < runs; i++) {
            Run run = onPicorn(image, engine);
            ours[i] = run.seconds();
            instructions = run.instructions();
            outputs.add(run.output());
            if (qemu) {
                Run peer = onQemu(program);
                theirs[i] = peer.seconds();
                outputs.add(peer.output());
            }
        }
        print(program, instructions, ours, theirs, qemu);
        boolean equal = outputs.stream().distinct().count() == 1;
        if (!equal) {
            System.out.println(
                    "  the outputs differ: " + outputs.stream().distinct().toList());
        }
        return equal;
    }

    private static void print(String program, long instructions, double[] ours, double[] theirs, boolean qemu) {
        double[] ratios = new double[ours.length];
        Arrays.setAll(ratios, i -> theirs[i] / ours[i]);
        double seconds = Spread.of(ours).median();
        System.out.printf("%-18s %,13d %8.3f %8.1f", program, instructions, seconds, instructions / seconds / 1e6);
        System.out.println(
                qemu
                        ? "   %12.3f   %12.3f"
                                .formatted(
                                        Spread.of(theirs).median(),
                                        Spread.of(ratios).median())
                        : "");
    }

    private static Run onPicorn(Image image, EngineProvider engine) throws BadImage {
        StringBuilder output = new StringBuilder();
        try (Board board = new Board(BoardModel.stm32429iEval(), engine)) {
            board.semihosting(
                    SemihostingHost.of((octets, at, length) -> append(output, octets, at, length), board.machine())
                            .withCommandLine(image.name()));
            board.load(image);
            long start = System.nanoTime();
            board.reset();
            Outcome outcome = board.run(LIMIT);
            double seconds = (System.nanoTime() - start) / 1e9;
            if (!outcome.equals(new Outcome.Exited(0))) {
                output.append(" [").append(outcome).append(']');
            }
            return new Run(seconds, board.machine().instructions(), output.toString());
        }
    }

    private static void append(StringBuilder output, byte[] octets, int at, int length) {
        for (int i = at; i < at + length; i++) {
            output.append((char) (octets[i] & 0xFF));
        }
    }

    private static Run onQemu(String program) throws UsageError {
        try {
            long start = System.nanoTime();
            String output = Qemu.run(program, List.of());
            return new Run((System.nanoTime() - start) / 1e9, 0, output);
        } catch (IOException e) {
            throw new UsageError("QEMU could not run %s: %s".formatted(program, e.getMessage()));
        }
    }
}
