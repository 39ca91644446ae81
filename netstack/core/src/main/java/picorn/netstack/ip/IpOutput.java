// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.address.AddressPair;
import picorn.netstack.context.PacketBuffer;

/** How transports send packets, whichever the version. */
public interface IpOutput {
    /**
     * The way to a destination.
     *
     * @param addresses of the packet; an unspecified source is replaced by the interface's address
     * @return the route, or {@link Route#NONE} when there is none, which is counted
     */
    Route route(AddressPair addresses);

    /**
     * Sends a packet and puts its buffer back, now or later.
     *
     * @param data what it carries, with {@link Route#headroom()} octets of room before it, at most
     *     {@link Route#maxPayload()} octets
     * @param route the way
     * @param addresses source and destination
     * @param protocol the number of the protocol that it carries
     */
    void send(PacketBuffer data, Route route, AddressPair addresses, int protocol);
}
