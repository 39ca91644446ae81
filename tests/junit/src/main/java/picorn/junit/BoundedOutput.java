// SPDX-License-Identifier: MIT
package picorn.junit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Keeps what is written in memory, up to a limit; beyond, writing fails. */
final class BoundedOutput extends OutputStream {
    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    BoundedOutput(int limit) {
        this.limit = limit;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int at, int length) throws IOException {
        if (kept.size() + length > limit) {
            throw new IOException("only %d octets are kept".formatted(limit));
        }
        kept.write(octets, at, length);
    }

    byte[] toByteArray() {
        return kept.toByteArray();
    }
}
