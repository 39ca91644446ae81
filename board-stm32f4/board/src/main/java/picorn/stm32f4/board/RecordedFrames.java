// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import static picorn.emulator.time.Clock.NANOSECOND;

import java.util.Optional;
import picorn.emulator.replay.Channel;
import picorn.emulator.replay.HostInput;
import picorn.emulator.replay.InputPlayer;
import picorn.netstack.context.Timed;
import picorn.netstack.link.FrameReceiver;

/** Frames that come again, each at its time: those that the far end of a cable sent, or those that arrived at the near one. */
final class RecordedFrames implements Timed {

    private final InputPlayer player;
    private final Channel channel;
    private final FrameReceiver to;

    RecordedFrames(InputPlayer player, Channel channel, FrameReceiver to) {
        this.player = player;
        this.channel = channel;
        this.to = to;
    }

    @Override
    public long deadline() {
        return player.next(channel).map(RecordedFrames::nanoseconds).orElse(NEVER);
    }

    private static long nanoseconds(HostInput frame) {
        return frame.time() / NANOSECOND;
    }

    @Override
    public long poll(long now) {
        while (deadline() <= now && deadline() != NEVER) {
            Optional<HostInput> frame = player.take(channel);
            frame.ifPresent(this::send);
        }
        return deadline();
    }

    /** Hands a frame on with its time. */
    void send(HostInput frame) {
        to.receive(frame.octets(), 0, frame.octets().length, nanoseconds(frame));
    }
}
