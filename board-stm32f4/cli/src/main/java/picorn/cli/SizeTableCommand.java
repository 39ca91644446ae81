// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import picorn.emulator.cpu.EngineProvider;
import picorn.emulator.image.BadImage;
import picorn.stm32f4.board.BoardModel;
import picorn.stm32f4.linux.KernelSize;
import picorn.stm32f4.linux.LinuxBuild;
import picorn.stm32f4.socketdevice.SocketDeviceConfig;

/** {@code picorn size-table}: sizes of the Linux variants, beside those of the talk of 2015 and the proposal of 2014. */
final class SizeTableCommand implements Command {
    /** Octets of the kernel in the talk of 2015 that a variant is like. */
    private static final Map<String, String> TALK =
            Map.of("full", "2.1 MB", "no-network", "1.5 MB", "drivers-only", "1,749,216", "picotcp", "1,790,912");

    private static final String FOR_QEMU = "mps2";
    private static final String PICOTCP = "picotcp";
    private static final String ROW = "%-14s %-6s %10s %9s %8s %10s %9s %11s %10s%n";

    @Override
    public String name() {
        return "size-table";
    }

    @Override
    public String arguments() {
        return "[VARIANT...]";
    }

    @Override
    public String summary() {
        return "builds the Linux variants that are missing and prints their sizes, beside those of 2014 and 2015";
    }

    @Override
    public List<String> examples() {
        return List.of("picorn size-table", "picorn size-table no-network client --smallest");
    }

    @Override
    public Options options() {
        Options options = new Options();
        EngineOptions.declareEngine(options, "java");
        options.addOption(Option.builder()
                .longOpt("smallest")
                .desc("measure the smallest SDRAM too, by some ten boots of each")
                .build());
        return options;
    }

    @Override
    public int run(CommandLine line) throws UsageError, BadImage {
        EngineProvider engine = EngineOptions.parse(line, "java").provider();
        List<String> known = variants();
        List<String> variants = line.getArgList().isEmpty() ? known : line.getArgList();
        for (String variant : variants) {
            if (!known.contains(variant)) {
                throw new UsageError(
                        "there is no variant '%s'; there are: %s".formatted(variant, String.join(", ", known)));
            }
        }
        if (BuildImageCommand.build(variants) != ExitStatus.WELL) {
            return ExitStatus.FAILED;
        }
        System.out.printf(ROW, "variant", "runs", "text", "data", "bss", "image", "free KB", "least SDRAM", "in 2015");
        for (String variant : variants) {
            print(variant, engine, line.hasOption("smallest"));
        }
        printStack(variants);
        printDriver(variants);
        printProgram(variants, engine);
        printHow();
        return ExitStatus.WELL;
    }

    /** The variants for the board, in the order in which they are declared. */
    private static List<String> variants() throws UsageError {
        try {
            List<String> names = new ArrayList<>();
            for (String text : Files.readAllLines(BuildImageCommand.script().resolveSibling("variants"))) {
                if (text.matches("[a-z][a-z0-9-]*:.*")) {
                    names.add(text.substring(0, text.indexOf(':')));
                }
            }
            names.remove(FOR_QEMU);
            return names;
        } catch (IOException e) {
            throw new UsageError("the list of variants cannot be read: " + e.getMessage());
        }
    }

    private static LinuxBuild built(String variant) {
        return LinuxBuild.named("linux-" + variant).orElseThrow();
    }

    private static void print(String variant, EngineProvider engine, boolean smallest) throws UsageError, BadImage {
        LinuxBuild build = built(variant);
        KernelSize size = build.size();
        BoardModel board = board(build);
        LinuxFigures figures = new LinuxFigures(build, board, engine);
        Optional<LinuxFigures.Memory> memory = figures.memory(board.sdram());
        System.out.printf(
                ROW,
                variant,
                build.isInFlash() ? "flash" : "SDRAM",
                cell(size.text()),
                cell(size.data()),
                cell(size.bss()),
                cell(size.image()),
                memory.map(each -> cell(each.free())).orElse("no shell"),
                smallest && memory.isPresent() ? Sizes.format(figures.smallestSdram()) : "-",
                TALK.getOrDefault(variant, "-"));
    }

    private static BoardModel board(LinuxBuild build) {
        BoardModel board = BoardModel.stm32429iEval();
        return build.needsSocketDevice()
                ? board.withSocketDevice(new SocketDeviceConfig(SocketDeviceConfig.Size.FULL))
                : board;
    }

    /** What the demo of 2015 took on the chip is here partly beside it: the driver's octets, and the stack's of bytecode. */
    private static void printDriver(List<String> variants) throws BadImage {
        if (!variants.contains(PICOTCP) || !variants.contains("drivers-only")) {
            return;
        }
        long driver =
                built(PICOTCP).size().image() - built("drivers-only").size().image();
        System.out.printf("%nThe driver of the socket device, octets of image beyond drivers-only: %s%n", cell(driver));
        for (String stack : List.of("full", "client", "minimal")) {
            long bytecode = CodeFootprint.of(stack).total().octets();
            System.out.printf(
                    "and the bytecode of the stack '%s', off the chip: %s + %s = %s%n",
                    stack, cell(driver), cell(bytecode), cell(driver + bytecode));
        }
    }

    private static void printProgram(List<String> variants, EngineProvider engine) throws UsageError, BadImage {
        for (String variant : variants) {
            if (variant.equals("full") || variant.startsWith(PICOTCP)) {
                LinuxBuild build = built(variant);
                Optional<LinuxFigures.Program> program = new LinuxFigures(build, board(build), engine).program();
                System.out.println(program.map(each ->
                                "One more socket program (socket-check, waiting in accept) on %s: file %s, %s KB of memory"
                                        .formatted(variant, cell(each.file()), cell(each.memory())))
                        .orElse("One more socket program on %s: no shell".formatted(variant)));
            }
        }
    }

    private static String cell(long octets) {
        return "%,d".formatted(octets);
    }

    /** What a network costs, as the proposal of 2014 counts it: a kernel with it, less the one without. */
    private static void printStack(List<String> variants) throws BadImage {
        if (!variants.contains("no-network")) {
            return;
        }
        KernelSize without = built("no-network").size();
        System.out.println("\nText and data beyond no-network: the network with its drivers");
        for (String variant : variants) {
            KernelSize size = built(variant).size();
            if (!variant.equals("no-network")) {
                System.out.printf(
                        "%-14s %,12d%n", variant, size.text() + size.data() - without.text() - without.data());
            }
        }
    }

    private static void printHow() {
        System.out.print(
                """

                Rows: Linux 6.1 of Debian 12 at -Os, by firmware-images/linux/build.sh VARIANT; its parts stand in firmware-images/linux/variants.
                text, data, bss: GNU size of vmlinux. image: the file xipImage (runs in flash) or Image (runs in SDRAM).
                free KB: what BusyBox free prints at the shell with 32 MB of SDRAM, the user space of all variants in it.
                In 2015 (talk on picoTCP in uClinux): kernels of another version and configuration, as they were said.
                In 2014 (A. Kleen's reduced stack): IPv4 400 kB of text, 170 kB with LTO; lwIP over 100 kB for each application.
                """);
    }
}
