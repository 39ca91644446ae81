// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

import picorn.netstack.ip.IpPacket;
import picorn.netstack.octets.Octets;

/** Takes datagrams that no socket takes. */
@FunctionalInterface
public interface UdpInterceptor {
    /** Nobody: the sender is told that the port is closed. */
    UdpInterceptor NOBODY = (packet, fromPort, toPort, data) -> false;

    /**
     * Takes a datagram to one host, this one or another.
     *
     * @param packet with its addresses; lent for the time of the call
     * @param fromPort the sender's port, 0 to 65535
     * @param toPort the port that it is for, 1 to 65535
     * @param data lent for the time of the call
     * @return false if nobody takes it
     */
    boolean received(IpPacket packet, int fromPort, int toPort, Octets data);
}
