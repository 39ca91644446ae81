// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.OptionalInt;
import org.apache.commons.cli.CommandLine;

/**
 * How closely a user wants firmware watched.
 *
 * @param severity what comes of what it does wrong
 * @param stackLimit down to where the main stack may grow, if the user says so
 */
record CheckOptions(Severity severity, OptionalInt stackLimit) {
    /** What comes of a finding. */
    enum Severity {
        /** A line on standard error. */
        TOLD,
        /** That, and the end of the run, as failed. */
        FATAL
    }

    static CheckOptions parse(CommandLine line) throws UsageError {
        return new CheckOptions(line.hasOption("strict") ? Severity.FATAL : Severity.TOLD, stackLimit(line));
    }

    private static OptionalInt stackLimit(CommandLine line) throws UsageError {
        String text = line.getOptionValue("stack-limit");
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
        throw new UsageError("--stack-limit %s is not an address; write it like 0x2002f000".formatted(text));
    }
}
