// SPDX-License-Identifier: MIT
package picorn.cli;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picorn.emulator.debug.Debugger;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.board.Snapshot;
import picorn.stm32f4.debug.BoardMonitor;

/** {@code monitor snapshot}: writes the state of the board to a file, or makes it what a file has, while GDB has it halted. */
final class SnapshotCommand {
    private final Board board;
    private final Debugger debugger;
    private final Runnable restored;

    SnapshotCommand(Board board, Debugger debugger, Runnable restored) {
        this.board = board;
        this.debugger = debugger;
        this.restored = restored;
    }

    void addTo(BoardMonitor monitor) {
        monitor.add(
                "snapshot", "save|load FILE", "writes the whole state to a file, or goes back to it", this::execute);
    }

    private String execute(List<String> arguments) {
        if (arguments.size() != 2) {
            return "write 'monitor snapshot save FILE' or 'monitor snapshot load FILE'%n".formatted();
        }
        try {
            Path file = Path.of(arguments.get(1));
            return switch (arguments.get(0)) {
                case "save" -> save(file);
                case "load" -> load(file);
                default -> "'%s' cannot be done; write save or load%n".formatted(arguments.get(0));
            };
        } catch (UsageError | InvalidPathException e) {
            return e.getMessage() + System.lineSeparator();
        }
    }

    private String save(Path file) throws UsageError {
        try {
            SnapshotOptions.write(new OutputFile("save", file), board);
            return "saved to %s%n".formatted(file);
        } catch (IOException e) {
            return "%s could not be written: %s%n".formatted(file, e.getMessage());
        }
    }

    private String load(Path file) throws UsageError {
        Snapshot snapshot = SnapshotOptions.read("snapshot", file);
        debugger.restoring();
        SnapshotOptions.restore("snapshot", file, snapshot, board);
        restored.run();
        return "loaded; halted at 0x%08x; maintenance flush register-cache%n"
                .formatted(board.machine().engine().pc());
    }
}
