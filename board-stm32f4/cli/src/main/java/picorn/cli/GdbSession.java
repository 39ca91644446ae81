// SPDX-License-Identifier: MIT
package picorn.cli;

import java.util.Optional;
import java.util.function.Supplier;
import picorn.emulator.debug.Debugger;
import picorn.emulator.debug.History;
import picorn.emulator.gdb.GdbServer;
import picorn.emulator.machine.Machine;
import picorn.emulator.machine.Outcome;
import picorn.stm32f4.board.Board;
import picorn.stm32f4.debug.BoardHistory;
import picorn.stm32f4.debug.BoardMonitor;
import picorn.stm32f4.debug.FlashAreas;

/** A run that GDB may halt. */
final class GdbSession implements AutoCloseable {
    private final GdbPort port;
    private final GdbServer server;
    private final Debugger debugger;
    private final Optional<History> history;

    /**
     * Opens the port; with {@link DebugOptions.Start#HALTED} the core waits for GDB before its first instruction.
     *
     * @param same makes a second board like this
     * @param restored called when the board has become what it was at another time
     */
    GdbSession(Board board, Supplier<Board> same, DebugOptions options, RunPace pace, Runnable restored)
            throws UsageError {
        Machine machine = board.machine();
        debugger = new Debugger(machine);
        history = options.history() == 0
                ? Optional.empty()
                : Optional.of(BoardHistory.of(board, same, options.history()));
        history.ifPresent(debugger::history);
        BoardMonitor monitor = new BoardMonitor(debugger, options.description());
        new SnapshotCommand(board, debugger, restored).addTo(monitor);
        port = GdbPort.open(options.gdb().orElseThrow(), machine.inbox());
        server = new GdbServer(debugger, FlashAreas.of(board.chip().memories().flash()), monitor, port::send);
        server.onResume(pace::resume);
        pace.opened();
        if (options.start() == DebugOptions.Start.HALTED) {
            server.halt();
        }
    }

    /** What is to be done when GDB changes something of the machine. */
    void onChange(Runnable action) {
        debugger.onChange(action);
    }

    /** Runs the machine up to {@code time}, in picoseconds since reset, or to another end, and as GDB wants. */
    Outcome run(long time) {
        port.serve(server);
        return server.run(time);
    }

    @Override
    public void close() {
        port.close();
        history.ifPresent(History::close);
    }
}
