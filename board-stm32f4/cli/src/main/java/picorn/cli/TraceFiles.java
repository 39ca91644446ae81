// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import picorn.emulator.image.Symbols;
import picorn.emulator.trace.TraceFilter;
import picorn.netstack.link.Wire;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.trace.BoardTrace;

/** The traces of a run and the files that they go to. */
final class TraceFiles {
    private final List<Running> running = new ArrayList<>();

    private record Running(BoardTrace trace, Optional<OutputFile> file) {}

    /** Begins them; each file goes onto {@code opened} as soon as it is open. */
    TraceFiles(TraceOptions options, Board board, Optional<Wire> cable, Symbols symbols, Deque<AutoCloseable> opened)
            throws UsageError {
        TraceFilter filter = options.filter(symbols);
        for (TraceOptions.One one : options.traces()) {
            Optional<OutputFile> file = open(one.file(), opened);
            OutputStream out = file.isPresent() ? file.get() : System.err;
            running.add(new Running(BoardTrace.begin(board, cable, symbols, one.request(filter), out), file));
        }
    }

    private static Optional<OutputFile> open(Optional<Path> path, Deque<AutoCloseable> opened) throws UsageError {
        if (path.isEmpty()) {
            return Optional.empty();
        }
        OutputFile file = new OutputFile("trace", path.get());
        opened.push(file);
        return Optional.of(file);
    }

    /** Writes what is left and puts the files in their places; false, and a line for each that failed, if not all could be written. */
    boolean complete() {
        boolean all = true;
        for (Running each : running) {
            all &= complete(each);
        }
        return all;
    }

    private static boolean complete(Running one) {
        one.trace().end();
        if (one.file().isEmpty()) {
            return true;
        }
        try (OutputFile file = one.file().get()) {
            Optional<IOException> failure = one.trace().failure();
            if (failure.isPresent()) {
                throw failure.get();
            }
            file.complete();
        } catch (IOException e) {
            System.err.printf("picorn: the file of --trace could not be written: %s%n", e.getMessage());
            return false;
        }
        return true;
    }
}
