// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.OptionalInt;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

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

    static void declare(Options options) {
        options.addOption(Option.builder()
                .longOpt("strict")
                .desc("end as failed at the first thing that the firmware does wrong")
                .build());
        OptionValues.add(
                options,
                "stack-limit",
                "ADDRESS",
                "the main stack may grow down to here (otherwise symbols tell, if they do)");
    }

    static CheckOptions parse(CommandLine line) throws UsageError {
        return new CheckOptions(
                line.hasOption("strict") ? Severity.FATAL : Severity.TOLD, OptionValues.address(line, "stack-limit"));
    }
}
