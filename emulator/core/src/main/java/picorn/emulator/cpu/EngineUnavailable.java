// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

/** An engine cannot be had; the message is one line that says why and what to do. */
public final class EngineUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a message for the user. */
    public EngineUnavailable(String message) {
        super(message);
    }

    /** With a message for the user and what led to it. */
    public EngineUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
