// SPDX-License-Identifier: MIT
package picorn.cli;

/** What {@code picorn} exits with. */
final class ExitStatus {
    /** The firmware ended well, or printed the text that was waited for. */
    static final int WELL = 0;
    /** The firmware failed, or a limit was reached. */
    static final int FAILED = 1;
    /** Bad usage or a bad image. */
    static final int USAGE = 2;

    private ExitStatus() {}
}
