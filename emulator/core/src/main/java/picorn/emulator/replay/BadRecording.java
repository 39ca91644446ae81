// SPDX-License-Identifier: MIT
package picorn.emulator.replay;

/** A file is no recording that can be played; the message says why, in one line for the user. */
public final class BadRecording extends Exception {
    private static final long serialVersionUID = 1L;

    /** With the reason. */
    public BadRecording(String message) {
        super(message);
    }
}
