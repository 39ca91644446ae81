// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

import picorn.netstack.address.AddressPair;
import picorn.netstack.ip.IpError;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** Who gets what is sent to a port: a socket, or several that share it. */
abstract class PortOwner {
    final int port;
    /** The next in the chain of the table. */
    PortOwner next;

    PortOwner(int port) {
        this.port = port;
    }

    /**
     * Takes a datagram.
     *
     * @param packet that has brought it
     * @param answer the addresses of an answer, its own perhaps unspecified
     * @param fromPort the peer's port
     * @param data what is in it
     * @throws Malformed if it is not wanted, or there is no room for it
     */
    abstract void deliver(IpPacket packet, AddressPair answer, int fromPort, Octets data) throws Malformed;

    /** Takes an error about a datagram to a port; false if nobody has sent such. */
    abstract boolean error(IpError told, int toPort);

    /** Takes note that a socket has been closed; true if the port is free now. */
    abstract boolean isFreedBy(UdpSocket closed);
}
