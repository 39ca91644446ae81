// SPDX-License-Identifier: MIT
package picorn.stm32f4.debug;

/** A file that is to describe registers cannot be read; the message is one line for the user. */
public final class BadDescription extends Exception {
    private static final long serialVersionUID = 1L;

    /** With what is wrong. */
    public BadDescription(String message) {
        super(message);
    }
}
