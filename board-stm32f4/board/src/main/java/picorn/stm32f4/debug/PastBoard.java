// SPDX-License-Identifier: MIT
package picorn.stm32f4.debug;

import java.util.Optional;
import picorn.emulator.bus.Region;
import picorn.emulator.debug.Replica;
import picorn.emulator.debug.Rewindable;
import picorn.emulator.replay.Channel;
import picorn.emulator.replay.HostInput;
import picorn.emulator.replay.InputPlayer;
import picorn.emulator.replay.InputSource;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;
import picorn.stm32f4.board.Board;

/** A board that goes through another's past: frames reach its MAC and octets its USART as they once did, and what it sends goes nowhere. */
final class PastBoard implements Replica {
    private static final long PICOSECONDS = 1000;

    private final Board board;
    private final InputPlayer player;
    private final Event network;

    /** Of {@code board}, which is made like the other and has no cable yet. */
    PastBoard(Board board) {
        this.board = board;
        board.connect((frame, offset, length, now) -> {});
        network = board.machine().events().event("past network", this::arrive);
        player = new InputPlayer(board.machine());
        player.receiver(Channel.SERIAL, input -> board.serialInput().type(input.octets()));
        player.onNext(this::expect);
    }

    private void expect() {
        network.at(player.next(Channel.ARRIVAL).map(HostInput::time).orElse(EventQueue.NEVER));
    }

    private void arrive() {
        Optional<HostInput> frame = player.take(Channel.ARRIVAL);
        frame.ifPresent(input ->
                board.ethernet().receive(input.octets(), 0, input.octets().length, input.time() / PICOSECONDS));
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
