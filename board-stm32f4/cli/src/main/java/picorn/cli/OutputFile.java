// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that appears under its name when it is complete, and not before. */
final class OutputFile extends OutputStream {
    private final Path target;
    private final Path part;
    private final OutputStream out;
    private boolean closed;

    /** Begins a file that will replace {@code target}. */
    OutputFile(Path target) throws IOException {
        this.target = target;
        part = Files.createTempFile(target.toAbsolutePath().getParent(), target.getFileName() + ".", ".part");
        out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
    }

    @Override
    public void write(int octet) throws IOException {
        out.write(octet);
    }

    @Override
    public void write(byte[] octets, int at, int length) throws IOException {
        out.write(octets, at, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    /** Completes the file and puts it in its place. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            out.close();
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
