// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that appears under its name when it is complete, and not before; closed earlier it leaves nothing behind. What is no regular
 * file, such as a pipe or a device, is written as it comes.
 */
final class OutputFile extends OutputStream {
    private final Path target;
    private final Optional<Path> part;
    private final OutputStream out;
    private boolean complete;
    private boolean closed;

    /**
     * Begins a file that will replace {@code target}, or what it links to.
     *
     * @throws UsageError if it cannot be written there, naming {@code option}
     */
    OutputFile(String option, Path target) throws UsageError {
        try {
            this.target = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
            boolean special = Files.exists(target) && !Files.isRegularFile(target);
            part = special ? Optional.empty() : Optional.of(partOf(this.target));
            out = new BufferedOutputStream(
                    special
                            ? Files.newOutputStream(target, StandardOpenOption.WRITE)
                            : Files.newOutputStream(
                                    part.get(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    1 << 16);
        } catch (IOException e) {
            throw new UsageError(
                    "--%s %s cannot be written: its folder must exist and allow it, and it must be no directory"
                            .formatted(option, target));
        }
    }

    private static Path partOf(Path target) {
        return target.resolveSibling("%s.%d.part"
                .formatted(target.getFileName(), ProcessHandle.current().pid()));
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

    /** From now on {@link #close} puts the file in its place. */
    void complete() {
        complete = true;
    }

    /** Puts the file in its place if it is complete, and removes it if not. */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            out.close();
            if (part.isPresent() && complete) {
                Files.move(part.get(), target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        } finally {
            if (part.isPresent()) {
                Files.deleteIfExists(part.get());
            }
        }
    }
}
