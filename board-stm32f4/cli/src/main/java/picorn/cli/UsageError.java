// SPDX-License-Identifier: MIT
package picorn.cli;

/** The user asked for something that cannot be; the message is one line: what, where, the mend. Exit status 2. */
final class UsageError extends Exception {
    private static final long serialVersionUID = 1L;

    UsageError(String message) {
        super(message);
    }
}
