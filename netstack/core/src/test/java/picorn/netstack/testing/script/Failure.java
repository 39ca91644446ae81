// SPDX-License-Identifier: MIT
package picorn.netstack.testing.script;

/** A script does not agree with the stack. */
final class Failure extends AssertionError {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
        super(message);
    }
}
