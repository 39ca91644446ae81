// SPDX-License-Identifier: MIT
package picorn.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/** Declares options that take a value, and reads the values of a command line by their kinds. */
final class OptionValues {
    private OptionValues() {}

    /** Declares an option with an argument. */
    static void add(Options options, String name, String argument, String description) {
        options.addOption(Option.builder()
                .longOpt(name)
                .hasArg()
                .argName(argument)
                .desc(description)
                .build());
    }

    /** The file that an option names. */
    static Optional<Path> path(CommandLine line, String option) throws UsageError {
        String text = line.getOptionValue(option);
        if (text != null && text.isEmpty()) {
            throw new UsageError("--%s '' is not a file name".formatted(option));
        }
        try {
            return Optional.ofNullable(text).map(Path::of);
        } catch (InvalidPathException e) {
            throw new UsageError("--%s '%s' is not a file name".formatted(option, text));
        }
    }

    /** A span of virtual or wall time in seconds. */
    static OptionalDouble seconds(CommandLine line, String option) throws UsageError {
        String text = line.getOptionValue(option);
        if (text == null) {
            return OptionalDouble.empty();
        }
        try {
            double seconds = Double.parseDouble(text);
            if (seconds > 0 && seconds <= 1e6) {
                return OptionalDouble.of(seconds);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageError(
                "--%s %s cannot be; it is a number of seconds above 0 and up to 1000000".formatted(option, text));
    }

    /** One of the words of an enum. */
    static <E extends Enum<E>> E choice(CommandLine line, String option, E preset) throws UsageError {
        String text = line.getOptionValue(option);
        if (text == null) {
            return preset;
        }
        E[] all = preset.getDeclaringClass().getEnumConstants();
        for (E value : all) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        throw new UsageError("--%s %s cannot be; it is one of %s"
                .formatted(
                        option,
                        text,
                        String.join(
                                ", ",
                                List.of(all).stream()
                                        .map(e -> e.name().toLowerCase(Locale.ROOT))
                                        .toList())));
    }

    /** A 32-bit address. */
    static OptionalInt address(CommandLine line, String option) throws UsageError {
        String text = line.getOptionValue(option);
        if (text == null) {
            return OptionalInt.empty();
        }
        try {
            long address = Long.decode(text);
            if (address >= 0 && address <= 0xFFFF_FFFFL) {
                return OptionalInt.of((int) address);
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new UsageError("--%s %s is not an address; write it like 0x08000000".formatted(option, text));
    }

    /** The seed of everything random, 1 if none is given. */
    static long seed(CommandLine line) throws UsageError {
        try {
            return Long.parseLong(line.getOptionValue("seed", "1"));
        } catch (NumberFormatException e) {
            throw new UsageError("--seed %s is not a whole number".formatted(line.getOptionValue("seed")));
        }
    }
}
