// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import static picorn.emulator.time.Clock.NANOSECOND;

import java.util.ArrayList;
import java.util.List;
import picorn.emulator.machine.Machine;
import picorn.emulator.replay.Channel;
import picorn.emulator.replay.InputPlayer;
import picorn.emulator.replay.InputRecorder;
import picorn.emulator.state.ObjectState;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;
import picorn.netstack.context.Timed;
import picorn.netstack.link.Direction;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.link.Impairment;
import picorn.netstack.link.ImpairmentConfig;
import picorn.netstack.link.Network;
import picorn.netstack.link.Wire;
import picorn.netstack.link.WireTiming;

/**
 * A cable in a board's Ethernet connector, with whatever is at its other end, driven by the machine's events.
 *
 * <pre>{@code
 * Cable cable = board.connectCable();
 * cable.farEnd((frame, offset, length, now) -> ...);   // what the board sends
 * cable.fromFarEnd(frame, 0, frame.length);            // what it gets, between two runs of the machine
 * }</pre>
 */
public final class Cable implements Saved {
    /** Frames that may wait in each direction: what a host sends comes in bursts, as time passes in steps. */
    private static final int DEPTH = 512;

    /** What is at the far end. */
    enum Kind {
        /** The host, of which nothing is saved. */
        HOST,
        GATEWAY,
        TRANSPARENT_GATEWAY
    }

    private final Machine machine;
    private final Event due;
    private final FrameReceiver mac;
    private final Kind kind;
    private final InputRecorder inputs;
    private final Wire wire;
    /** What is driven: the wire, what is at its end, and every bad stretch that there ever was, for frames may still be in it. */
    private final List<Timed> parts = new ArrayList<>();

    private Network network;
    private FrameReceiver farEnd = (frame, offset, length, now) -> {};

    private Cable(Machine machine, Event due, FrameReceiver mac, InputRecorder inputs, Kind kind, Wire wire) {
        this.machine = machine;
        this.due = due;
        this.inputs = inputs;
        this.kind = kind;
        this.wire = wire;
        this.mac = (frame, offset, length, now) -> {
            inputs.input(Channel.ARRIVAL, now * NANOSECOND, frame, offset, length);
            mac.receive(frame, offset, length, now);
        };
        wire.tap(this::record);
        drive(wire);
        wire.a().connect(this.mac);
        wire.b().connect(this::arriveAtFarEnd);
    }

    /**
     * One that leads to what {@code kind} says.
     *
     * @param due calls {@link #poll}
     * @param mac takes the frames that come
     */
    static Cable to(Kind kind, Machine machine, Event due, FrameReceiver mac, InputRecorder inputs) {
        Wire wire = kind == Kind.HOST ? new Wire(WireTiming.FAST_ETHERNET, DEPTH) : new Wire();
        return new Cable(machine, due, mac, inputs, kind, wire);
    }

    Kind kind() {
        return kind;
    }

    private void record(Direction direction, byte[] frame, int offset, int length, long now) {
        if (direction == Direction.B_TO_A) {
            Channel channel = machine.isHearing() ? Channel.FRAME_HEARD : Channel.FRAME;
            long time = machine.isHearing() ? machine.now() : now * NANOSECOND;
            inputs.input(channel, time, frame, offset, length);
        }
    }

    /** The wire in it, for taps and counters; its end A is the board's. */
    public Wire wire() {
        return wire;
    }

    /** Says who takes the board's frames at the far end, after any {@link #impair}. */
    public void farEnd(FrameReceiver receiver) {
        farEnd = receiver;
    }

    /** Sends a frame of the far end's, at the machine's time; between two runs of the machine. */
    public void fromFarEnd(byte[] frame, int offset, int length) {
        poll();
        wire.b().receive(frame, offset, length, machine.now() / NANOSECOND);
        poll();
    }

    /** Puts to the far end what {@code player} plays, in place of whatever was there. */
    void plugIn(InputPlayer player) {
        RecordedFrames recorded = new RecordedFrames(player, Channel.FRAME, wire.b());
        plugIn(recorded, (frame, offset, length, now) -> {});
        player.onNext(() -> arm(network.deadline()));
        player.receiver(Channel.FRAME_HEARD, frame -> {
            poll();
            recorded.send(frame);
            poll();
        });
    }

    /** Has frames come out of it, at the board's end, when {@code player} says; nothing else is plugged in. */
    void plugInArrivals(InputPlayer player) {
        drive(new RecordedFrames(player, Channel.ARRIVAL, mac));
        player.onNext(() -> arm(network.deadline()));
    }

    /** Puts something to the far end that lives in the machine's time, and takes the board's frames by {@code input}. */
    void plugIn(Timed part, FrameReceiver input) {
        farEnd = input;
        wire.b().connect(this::arriveAtFarEnd);
        drive(part);
    }

    private void drive(Timed part) {
        parts.add(part);
        network = new Network(parts.toArray(Timed[]::new));
    }

    /**
     * Makes the cable bad in both directions for the frames that come out of it from now on, in place of what was said before.
     *
     * @param seed chooses the frames
     */
    public void impair(ImpairmentConfig config, long seed) {
        Impairment toBoard = new Impairment(config, seed, mac);
        Impairment toNetwork = new Impairment(config, ~seed, this::arriveAtFarEnd);
        drive(toBoard);
        drive(toNetwork);
        wire.a().connect(toBoard);
        wire.b().connect(toNetwork);
    }

    private void arriveAtFarEnd(byte[] frame, int offset, int length, long now) {
        farEnd.receive(frame, offset, length, now);
    }

    /** Takes a frame of the MAC's. */
    void toNetwork(byte[] frame, int offset, int length, long now) {
        wire.a().receive(frame, offset, length, now);
        arm(network.deadline());
    }

    /** Does what is due; for whoever is about to use, or has used, what is at the far end, between two runs of the machine. */
    public void poll() {
        arm(network.poll(machine.now() / NANOSECOND));
    }

    private ObjectState state() {
        return new ObjectState(List.of("picorn.netstack."), List.of("picorn.netstack.host."), parts);
    }

    /** Frames under way, what impairments will do, and the state of a gateway at its end. */
    @Override
    public void save(StateWriter out) {
        state().save(out);
    }

    @Override
    public void load(StateReader in) {
        state().load(in);
    }

    private void arm(long deadline) {
        due.at(deadline == Timed.NEVER ? EventQueue.NEVER : deadline * NANOSECOND);
    }
}
