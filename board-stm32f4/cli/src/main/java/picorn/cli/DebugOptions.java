// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import picorn.stm32f4.debug.BadDescription;
import picorn.stm32f4.debug.Description;
import picorn.stm32f4.debug.SvdReader;

/**
 * What the user wants to see of the run while it goes on.
 *
 * @param gdb the port where GDB may connect
 * @param start whether the core waits there at first
 * @param history snapshots that are kept so that GDB can go back in time; 0 if it is not to
 * @param description further names and descriptions of registers
 */
record DebugOptions(OptionalInt gdb, Start start, int history, Description description) {
    /** What the core does after reset. */
    enum Start {
        RUNNING,
        HALTED
    }

    private static final int PORT = 3333;
    private static final int SNAPSHOTS = 50;
    private static final int MOST_SNAPSHOTS = 10_000;
    private static final long LARGEST_DESCRIPTION = 64 << 20;

    static void declare(Options options) {
        options.addOption(Option.builder()
                .longOpt("gdb")
                .hasArg()
                .optionalArg(true)
                .argName("PORT")
                .desc("lets GDB connect to this port of loopback (default " + PORT + "): see docs/debugging.md")
                .build());
        options.addOption(Option.builder()
                .longOpt("halt")
                .desc("with --gdb: the core waits at the reset vector")
                .build());
        OptionValues.add(
                options,
                "history",
                "N",
                "with --gdb: keep up to N snapshots so that GDB can go back in time (default %d; 0: not)"
                        .formatted(SNAPSHOTS));
        declareDescription(options);
    }

    static void declareDescription(Options options) {
        OptionValues.add(options, "svd", "FILE", "names and descriptions of registers beside those that Picorn knows");
    }

    static DebugOptions parse(CommandLine line) throws UsageError {
        for (String option : List.of("halt", "history")) {
            if (line.hasOption(option) && !line.hasOption("gdb")) {
                throw new UsageError("--%s is about GDB; give --gdb too".formatted(option));
            }
        }
        return new DebugOptions(
                line.hasOption("gdb") ? OptionalInt.of(port(line)) : OptionalInt.empty(),
                line.hasOption("halt") ? Start.HALTED : Start.RUNNING,
                history(line),
                description(line));
    }

    /** Files of the host cannot go back in time. */
    private static int history(CommandLine line) throws UsageError {
        boolean files = line.hasOption("semihosting-dir");
        if (files && line.hasOption("history")) {
            throw new UsageError(
                    "--history cannot take back what is done to files of --semihosting-dir; leave one out");
        }
        if (files) {
            return 0;
        }
        String text = line.getOptionValue("history", Integer.toString(SNAPSHOTS));
        if (!isNumber(text) || text.length() > 5 || Integer.parseInt(text) > MOST_SNAPSHOTS) {
            throw new UsageError("--history %s is not a number of snapshots up to %d".formatted(text, MOST_SNAPSHOTS));
        }
        return Integer.parseInt(text);
    }

    static Description description(CommandLine line) throws UsageError {
        Optional<Path> file = OptionValues.path(line, "svd");
        if (file.isEmpty()) {
            return Description.NONE;
        }
        try {
            if (Files.size(file.get()) > LARGEST_DESCRIPTION) {
                throw new BadDescription("it is too large");
            }
            try (InputStream in = Files.newInputStream(file.get())) {
                return SvdReader.read(in);
            }
        } catch (BadDescription e) {
            throw new UsageError("--svd %s: %s".formatted(file.get(), e.getMessage()));
        } catch (IOException e) {
            throw new UsageError("--svd %s cannot be read; name another file".formatted(file.get()));
        }
    }

    private static int port(CommandLine line) throws UsageError {
        String text = line.getOptionValue("gdb");
        if (text != null && isMistypedPort(text)) {
            throw new UsageError("--gdb %s is neither a port nor an image; take a port up to 65535".formatted(text));
        }
        if (text == null || !isNumber(text)) {
            return PORT;
        }
        int port = text.length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(text);
        if (port > 65535) {
            throw new UsageError("--gdb %s is not a port; take one up to 65535".formatted(text));
        }
        return port;
    }

    /** What begins like a number and is no file was not meant as an image. */
    private static boolean isMistypedPort(String text) {
        return text.isEmpty() || !isNumber(text) && Character.isDigit(text.charAt(0)) && !new File(text).exists();
    }

    private static boolean isNumber(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** What belongs to no option: the image too where it follows {@code --gdb}, whose port may be left out. */
    static List<String> arguments(CommandLine line) {
        List<String> arguments = new ArrayList<>(line.getArgList());
        String port = line.getOptionValue("gdb");
        if (port != null && !isNumber(port)) {
            arguments.add(0, port);
        }
        return arguments;
    }
}
