// SPDX-License-Identifier: MIT
package picorn.emulator.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * ASCII text on its way to a stream, held back up to {@link #BUFFER} octets. A failure to write does not end the run: it is kept, and
 * nothing more is written. Who gives the stream closes it.
 */
public final class TextOut {
    /** Octets that are held back at most. */
    public static final int BUFFER = 1 << 16;

    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_ASCII = 0x7e;

    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private Optional<IOException> failure = Optional.empty();

    /** Writes to {@code out}. */
    public TextOut(OutputStream out) {
        this.out = out;
    }

    /** Adds text; what is not ASCII becomes question marks. */
    public TextOut text(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            put(text.charAt(i));
        }
        return this;
    }

    /** Adds one character. */
    public TextOut put(char character) {
        if (filled == buffer.length) {
            flush();
        }
        boolean known = character >= FIRST_PRINTABLE && character <= LAST_ASCII || character == '\n';
        buffer[filled++] = (byte) (known ? character : '?');
        return this;
    }

    /** Adds a decimal number. */
    public TextOut number(long value) {
        if (value < 0) {
            put('-');
        }
        long divisor = 1;
        while (value / divisor >= 10 || value / divisor <= -10) {
            divisor *= 10;
        }
        for (; divisor > 0; divisor /= 10) {
            put((char) ('0' + Math.abs(value / divisor % 10)));
        }
        return this;
    }

    /** Writes what is held back. */
    public void flush() {
        try {
            if (failure.isEmpty()) {
                out.write(buffer, 0, filled);
                out.flush();
            }
        } catch (IOException e) {
            failure = Optional.of(e);
        }
        filled = 0;
    }

    /** The first failure to write, if there was one. */
    public Optional<IOException> failure() {
        return failure;
    }
}
