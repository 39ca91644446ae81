// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/**
 * What the user wants to see of the run while it goes on.
 *
 * @param gdb the port where GDB may connect
 * @param start whether the core waits there at first
 */
record DebugOptions(OptionalInt gdb, Start start) {
    /** What the core does after reset. */
    enum Start {
        RUNNING,
        HALTED
    }

    private static final int PORT = 3333;

    static void declare(Options options) {
        options.addOption(Option.builder()
                .longOpt("gdb")
                .hasArg()
                .optionalArg(true)
                .argName("PORT")
                .desc("lets GDB connect to this port of loopback (default %d): see docs/debugging.md".formatted(PORT))
                .build());
        options.addOption(Option.builder()
                .longOpt("halt")
                .desc("with --gdb: the core waits at the reset vector")
                .build());
    }

    static DebugOptions parse(CommandLine line) throws UsageError {
        if (line.hasOption("halt") && !line.hasOption("gdb")) {
            throw new UsageError("--halt waits for GDB; give --gdb too");
        }
        return new DebugOptions(
                line.hasOption("gdb") ? OptionalInt.of(port(line)) : OptionalInt.empty(),
                line.hasOption("halt") ? Start.HALTED : Start.RUNNING);
    }

    private static int port(CommandLine line) throws UsageError {
        String text = line.getOptionValue("gdb");
        if (text == null || !isNumber(text)) {
            return PORT;
        }
        int port = text.length() > 5 ? Integer.MAX_VALUE : Integer.parseInt(text);
        if (port > 65535) {
            throw new UsageError("--gdb %s is not a port; take one up to 65535".formatted(text));
        }
        return port;
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
