// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import java.util.Optional;
import picorn.emulator.replay.Channel;
import picorn.emulator.replay.HostInput;
import picorn.emulator.replay.InputPlayer;
import picorn.netstack.context.Timed;
import picorn.netstack.link.FrameReceiver;

/** What was at the far end of a cable once: it sends again what that sent, when that did. */
final class RecordedFarEnd implements Timed {
    private static final long PICOSECONDS = 1000;

    private final InputPlayer player;
    private final FrameReceiver wire;

    RecordedFarEnd(InputPlayer player, FrameReceiver wire) {
        this.player = player;
        this.wire = wire;
    }

    @Override
    public long deadline() {
        return player.next(Channel.FRAME).map(RecordedFarEnd::nanoseconds).orElse(NEVER);
    }

    private static long nanoseconds(HostInput frame) {
        return frame.time() / PICOSECONDS;
    }

    @Override
    public long poll(long now) {
        while (deadline() <= now && deadline() != NEVER) {
            Optional<HostInput> frame = player.take(Channel.FRAME);
            frame.ifPresent(this::send);
        }
        return deadline();
    }

    /** Puts a frame on the wire at its time. */
    void send(HostInput frame) {
        wire.receive(frame.octets(), 0, frame.octets().length, nanoseconds(frame));
    }
}
