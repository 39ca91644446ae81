// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Options;
import picorn.emulator.state.StateMismatch;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.Snapshot;

/**
 * Where the state of a run goes, and where it comes from.
 *
 * @param save the file that it is written to when the run ends
 * @param load the file that it goes on from
 */
record SnapshotOptions(Optional<Path> save, Optional<Path> load) {
    static void declare(Options options) {
        OptionValues.add(options, "save", "FILE", "when the run ends, write the whole state of the board to a file");
        OptionValues.add(
                options, "load", "FILE", "go on from a saved state, with the same image and options as it was saved");
    }

    static SnapshotOptions parse(CommandLine line) throws UsageError {
        return new SnapshotOptions(OptionValues.path(line, "save"), OptionValues.path(line, "load"));
    }

    /** Reads a snapshot; {@code option} and the file are named if that is not possible. */
    static Snapshot read(String option, Path file) throws UsageError {
        try {
            return Snapshot.read(file);
        } catch (StateMismatch e) {
            throw new UsageError("%s %s: %s".formatted(option, file, e.getMessage()));
        } catch (IOException e) {
            throw new UsageError("%s %s cannot be read; name another file".formatted(option, file));
        }
    }

    /** Makes {@code board} go on from the file. */
    static void restore(String option, Path file, Board board) throws UsageError {
        restore(option, file, read(option, file), board);
    }

    /** Makes {@code board} go on from what was read from the file. */
    static void restore(String option, Path file, Snapshot snapshot, Board board) throws UsageError {
        try {
            snapshot.restoreTo(board);
        } catch (StateMismatch e) {
            throw new UsageError("%s %s: %s".formatted(option, file, e.getMessage()));
        }
    }

    /** Writes what {@code board} is now, whole or not at all. */
    static void write(OutputFile file, Board board) throws IOException {
        try (file) {
            Snapshot.of(board).writeTo(file);
            file.complete();
        }
    }
}
