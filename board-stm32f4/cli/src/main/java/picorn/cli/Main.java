// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.HelpFormatter;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import picorn.emulator.cpu.EngineUnavailable;
import picorn.emulator.image.BadImage;

/** The command line. */
public final class Main {
    private static final int WIDTH = 110;
    private static final List<Command> COMMANDS = List.of(
            new RunCommand(),
            new InspectCommand(),
            new BoardsCommand(),
            new ImagesCommand(),
            new BenchCommand(),
            new FootprintCommand(),
            new GatewayCommand(),
            new BuildImageCommand(),
            new SizeTableCommand(),
            new LinuxBenchCommand());

    private Main() {}

    /** Runs a command and exits with its status. */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT); // figures are the same everywhere
        int status = run(arguments);
        System.out.flush();
        System.exit(status);
    }

    /** Runs a command; the result is the exit status. */
    public static int run(String... arguments) {
        try {
            return dispatch(arguments);
        } catch (UsageError | BadImage | EngineUnavailable e) {
            System.err.println("picorn: " + e.getMessage());
            return ExitStatus.USAGE;
        } catch (RuntimeException | Error e) {
            // A defect of Picorn: say so, with what is needed to mend it.
            System.err.println("picorn: internal error, please report it: " + e);
            e.printStackTrace();
            return ExitStatus.FAILED;
        }
    }

    private static int dispatch(String[] arguments) throws UsageError, BadImage {
        if (arguments.length == 0 || isHelp(arguments[0])) {
            printOverview();
            return arguments.length == 0 ? ExitStatus.USAGE : ExitStatus.WELL;
        }
        Command command = named(arguments[0]);
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        if (Arrays.stream(rest).anyMatch(Main::isHelp)) {
            printHelp(command);
            return ExitStatus.WELL;
        }
        CommandLine line = parse(command, rest);
        if (command.arguments().isEmpty() && !line.getArgList().isEmpty()) {
            throw new UsageError("'%s' belongs to nothing: %s takes no argument; leave it out"
                    .formatted(line.getArgList().get(0), command.name()));
        }
        return command.run(line);
    }

    private static boolean isHelp(String argument) {
        return argument.equals("--help") || argument.equals("-h") || argument.equals("help");
    }

    private static Command named(String name) throws UsageError {
        return COMMANDS.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UsageError("there is no command '%s'; there are: %s"
                        .formatted(
                                name,
                                String.join(
                                        ", ",
                                        COMMANDS.stream().map(Command::name).toList()))));
    }

    static CommandLine parse(Command command, String[] arguments) throws UsageError {
        try {
            return DefaultParser.builder()
                    .setAllowPartialMatching(false)
                    .build()
                    .parse(command.options(), arguments);
        } catch (ParseException e) {
            throw new UsageError(
                    "%s: %s; see 'picorn %s --help'".formatted(command.name(), e.getMessage(), command.name()));
        }
    }

    private static void printOverview() {
        System.out.println("Picorn runs STM32F4 firmware on this computer and puts it on a network.\n");
        COMMANDS.forEach(command -> System.out.printf(
                "  picorn %-32s %s%n", command.name() + " " + command.arguments(), command.summary()));
        System.out.println("\n'picorn COMMAND --help' tells more, with an example.");
    }

    private static void printHelp(Command command) {
        PrintWriter out = new PrintWriter(System.out, true);
        Options options = command.options();
        HelpFormatter formatter = new HelpFormatter();
        formatter.setOptionComparator(null);
        out.println("picorn " + command.name() + " " + (options.getOptions().isEmpty() ? "" : "[OPTION...] ")
                + command.arguments());
        out.println("  " + command.summary());
        formatter.printOptions(out, WIDTH, options, 2, 2);
        out.println();
        command.examples().forEach(example -> out.println("  " + example));
    }
}
