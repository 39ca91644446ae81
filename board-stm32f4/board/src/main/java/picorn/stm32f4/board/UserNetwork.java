// SPDX-License-Identifier: MIT
package picorn.stm32f4.board;

import java.util.function.Function;
import picorn.netstack.link.FrameReceiver;
import picorn.netstack.link.ImpairmentConfig;
import picorn.netstack.link.Wire;
import picorn.netstack.link.WireEnd;
import picorn.netstack.service.UserGateway;

/** The cable from a board's Ethernet connector to the gateway of a user-mode network, driven by the machine's events. */
public final class UserNetwork {
    private final Cable cable;
    private final UserGateway gateway;

    /** Puts the gateway to the end of a cable. */
    UserNetwork(Cable cable, Function<WireEnd, UserGateway> farEnd) {
        this.cable = cable;
        gateway = farEnd.apply(cable.wire().b()); // connects itself there
        cable.plugIn(gateway, gateway.link());
    }

    /** The cable itself. */
    public Cable cable() {
        return cable;
    }

    /** The wire in the cable, for taps and counters; its end A is the board's. */
    public Wire wire() {
        return cable.wire();
    }

    /** What is at its other end. */
    public UserGateway gateway() {
        return gateway;
    }

    /** Says who takes the board's frames at the far end, in place of the gateway's interface and before any {@link #impair}. */
    public void farEnd(FrameReceiver receiver) {
        cable.farEnd(receiver);
    }

    /**
     * Makes the cable bad in both directions for the frames that come out of it from now on, in place of what was said before.
     *
     * @param seed chooses the frames
     */
    public void impair(ImpairmentConfig config, long seed) {
        cable.impair(config, seed);
    }

    /** Does what is due; for whoever is about to use, or has used, a socket of the gateway's between two runs of the machine. */
    public void poll() {
        cable.poll();
    }
}
