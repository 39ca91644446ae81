// SPDX-License-Identifier: MIT
package picorn.stm32f4.debug;

import picorn.emulator.bus.Region;
import picorn.emulator.debug.Replica;
import picorn.emulator.debug.Rewindable;
import picorn.emulator.replay.InputPlayer;
import picorn.emulator.replay.InputSource;
import picorn.stm32f4.board.Board;

/** A board that goes through another's past: frames reach its MAC and octets its USART as they once did, and what it sends goes nowhere. */
final class PastBoard implements Replica {
    private final Board board;
    private final InputPlayer player;

    /** Of {@code board}, which is made like the other and has no cable yet. */
    PastBoard(Board board) {
        this.board = board;
        player = board.replayArrivals();
    }

    static Rewindable rewindable(Board board) {
        return new Rewindable(
                board.machine(),
                board.chip().memories().all().stream().map(Region.Memory::ram).toList(),
                board.stateBesideMemories());
    }

    @Override
    public Rewindable rewindable() {
        return rewindable(board);
    }

    @Override
    public void play(InputSource source) {
        player.play(source);
    }

    @Override
    public long played() {
        return player.played();
    }

    @Override
    public void close() {
        board.close();
    }
}
