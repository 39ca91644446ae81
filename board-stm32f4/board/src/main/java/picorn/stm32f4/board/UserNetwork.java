// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import picorn.emulator.machine.Machine;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;
import picorn.netstack.context.Timed;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.link.Impairment;
import picorn.netstack.link.ImpairmentConfig;
import picorn.netstack.link.Network;
import picorn.netstack.link.Wire;
import picorn.netstack.link.WireEnd;
import picorn.netstack.service.UserGateway;

/** The cable from a board's Ethernet connector to the gateway of a user-mode network, driven by the machine's events. */
public final class UserNetwork {
    private static final long PICOSECONDS = 1000;

    private final Machine machine;
    private final FrameReceiver mac;
    private final Wire wire = new Wire();
    private final UserGateway gateway;
    /** What is driven: cable and gateway, and every bad stretch that there ever was, for frames may still be in it. */
    private final List<Timed> parts = new ArrayList<>();

    private final Event due;
    private Network network;
    private FrameReceiver farEnd;

    /** Plugs it in. {@code mac} takes the frames that come; frames that leave go to {@link #toNetwork}. */
    UserNetwork(Machine machine, FrameReceiver mac, Function<WireEnd, UserGateway> farEnd) {
        this.machine = machine;
        this.mac = mac;
        gateway = farEnd.apply(wire.b());
        this.farEnd = gateway.link();
        parts.addAll(List.of(wire, gateway));
        network = new Network(wire, gateway);
        wire.a().connect(mac);
        wire.b().connect(this::arriveAtFarEnd);
        due = machine.events().event("network", this::poll);
    }

    /** The cable, for taps and counters; its end A is the board's. */
    public Wire wire() {
        return wire;
    }

    /** What is at its other end. */
    public UserGateway gateway() {
        return gateway;
    }

    /** Says who takes the board's frames at the far end, in place of the gateway's interface and before any {@link #impair}. */
    public void farEnd(FrameReceiver receiver) {
        farEnd = receiver;
    }

    /**
     * Makes the cable bad in both directions for the frames that come out of it from now on, in place of what was said before.
     *
     * @param seed chooses the frames
     */
    public void impair(ImpairmentConfig config, long seed) {
        Impairment toBoard = new Impairment(config, seed, mac);
        Impairment toNetwork = new Impairment(config, ~seed, this::arriveAtFarEnd);
        parts.addAll(List.of(toBoard, toNetwork));
        network = new Network(parts.toArray(Timed[]::new));
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

    /** Does what is due; for whoever is about to use, or has used, a socket of the gateway's between two runs of the machine. */
    public void poll() {
        arm(network.poll(machine.now() / PICOSECONDS));
    }

    private void arm(long deadline) {
        due.at(deadline == Timed.NEVER ? EventQueue.NEVER : deadline * PICOSECONDS);
    }
}
