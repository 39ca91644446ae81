// SPDX-License-Identifier: MIT
package picorn.emulator.engine.translate;

import org.objectweb.asm.Label;

/** One way through a method, which branches on unknown values have led to, and what is known on it. */
public abstract class Path {
    /** Null when it has returned. */
    Frame frame;
    /** Where its code begins; null if it goes on where code ends now. */
    Label entry;
    /** What its code begins with. */
    Runnable beginning = () -> {};

    /** A way that has not begun. */
    protected Path() {}

    /** The way that {@code other} has come. */
    protected Path(Path other) {
        frame = other.frame.copy();
    }

    /** A second way, from here on. */
    protected abstract Path copy();
}
