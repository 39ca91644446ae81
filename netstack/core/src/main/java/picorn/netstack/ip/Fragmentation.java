// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.context.PacketBuffer;

/** Sends packets that are larger than a link's MTU. */
@FunctionalInterface
public interface Fragmentation {
    /**
     * Cuts a packet up, sends the pieces, and puts its buffer back.
     *
     * @param packet with its header
     * @param via where it goes
     * @param nextHop to which neighbour
     * @param mtu octets of the largest piece
     */
    void send(PacketBuffer packet, NetworkInterface via, int nextHop, int mtu);
}
