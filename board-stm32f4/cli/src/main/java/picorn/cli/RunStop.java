// SPDX-License-Identifier: MIT
package picorn.cli;

import picorn.emulator.machine.StopCause;

/** Why the command line ends a run. */
enum RunStop implements StopCause {
    UNTIL("printed the text waited for", ExitStatus.WELL),
    LEFT("left with Ctrl-A x", ExitStatus.WELL),
    LINUX_FAILED("Linux cannot go on", ExitStatus.FAILED),
    INTERRUPTED("interrupted", ExitStatus.FAILED),
    WALL_LIMIT("limit of wall time reached", ExitStatus.FAILED),
    STRICT("the firmware did wrong, which --strict takes for a failure", ExitStatus.FAILED),
    OUTPUT_CLOSED("nobody takes the output any more", ExitStatus.FAILED);

    private final String words;
    private final int status;

    RunStop(String words, int status) {
        this.words = words;
        this.status = status;
    }

    @Override
    public String words() {
        return words;
    }

    /** The exit status of a run that ended so. */
    int status() {
        return status;
    }
}
