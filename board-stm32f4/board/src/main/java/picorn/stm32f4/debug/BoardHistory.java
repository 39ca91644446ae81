// SPDX-License-Identifier: MIT
package picorn.stm32f4.debug;

import java.util.function.Supplier;
import picorn.emulator.debug.History;
import picorn.emulator.replay.InputLog;
import picorn.stm32f4.board.Board;

/** What a debugger needs to go back in a board's time. */
public final class BoardHistory {
    /** What all snapshots take together, at most. */
    private static final long MOST_OCTETS = 512L << 20;

    private BoardHistory() {}

    /**
     * Of {@code board} from now on.
     *
     * @param same makes a second board of the same model, engine, seed and image with the same semihosting, but nothing plugged in
     *     and nothing that takes its output
     * @param snapshots at a time
     */
    public static History of(Board board, Supplier<Board> same, int snapshots) {
        InputLog inputs = new InputLog();
        board.inputs().add(inputs);
        return new History(
                PastBoard.rewindable(board), inputs, () -> new PastBoard(same.get()), snapshots, MOST_OCTETS);
    }
}
