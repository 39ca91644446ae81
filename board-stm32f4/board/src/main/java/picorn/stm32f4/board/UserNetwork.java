// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import picorn.emulator.machine.Machine;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;
import picorn.netstack.context.Timed;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.link.Network;
import picorn.netstack.link.Wire;
import picorn.netstack.service.UserGateway;

/** The cable from a board's Ethernet connector to the gateway of a user-mode network, driven by the machine's events. */
public final class UserNetwork {
    private static final long PICOSECONDS = 1000;

    private final Machine machine;
    private final Wire wire = new Wire();
    private final UserGateway gateway;
    private final Network network;
    private final Event due;

    /** Plugs it in. {@code mac} takes the frames that come; frames that leave go to {@link #toNetwork}. */
    UserNetwork(Machine machine, FrameReceiver mac, long seed) {
        this.machine = machine;
        gateway = UserGateway.on(wire.b(), seed);
        network = new Network(wire, gateway);
        wire.a().connect(mac);
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
