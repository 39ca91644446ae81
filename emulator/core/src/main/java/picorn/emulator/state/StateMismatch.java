// SPDX-License-Identifier: MIT
package picorn.emulator.state;

/** A saved state does not fit what it is loaded into; the message says where. */
public final class StateMismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message for the user. */
    public StateMismatch(String message) {
        super(message);
    }
}
