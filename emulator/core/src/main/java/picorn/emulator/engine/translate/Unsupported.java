// SPDX-License-Identifier: MIT
package picorn.emulator.engine.translate;

/** A method does what is not for partial evaluation; the message says what. */
public final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Something that {@code what} names. */
    public Unsupported(String what) {
        super(what, null, false, false);
    }
}
