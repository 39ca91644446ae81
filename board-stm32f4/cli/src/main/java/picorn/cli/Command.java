// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import picorn.emulator.image.BadImage;

/** A command of {@code picorn}. */
interface Command {
    /** What the user types. */
    String name();

    /** What it takes beside options, such as "[IMAGE]". */
    String arguments();

    /** What it does, in one line. */
    String summary();

    /** A call that works as it stands, and what it does. */
    List<String> examples();

    /** Its options, without {@code --help}. */
    Options options();

    /** Does it; the result is the exit status. */
    int run(CommandLine line) throws UsageError, BadImage;
}
