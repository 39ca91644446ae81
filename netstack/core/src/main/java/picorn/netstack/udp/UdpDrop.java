// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

import picorn.netstack.octets.Drop;

/** Why UDP drops datagrams. */
public final class UdpDrop {
    /** A packet shorter than a UDP header. */
    public static final Drop TRUNCATED = new Drop("udp.truncated");

    /** The UDP length is under 8 or beyond the packet. */
    public static final Drop BAD_LENGTH = new Drop("udp.bad-length");

    /** The UDP checksum is wrong. */
    public static final Drop BAD_CHECKSUM = new Drop("udp.bad-checksum");

    /** Destination port 0. */
    public static final Drop BAD_PORT = new Drop("udp.bad-port");

    /** No socket at this port. */
    public static final Drop PORT_CLOSED = new Drop("udp.port-closed");

    /** A datagram of another peer, interface or group than the socket wants. */
    public static final Drop NOT_WANTED = new Drop("udp.not-wanted");

    /** The socket's receive queue is full. */
    public static final Drop QUEUE_FULL = new Drop("udp.queue-full");

    private UdpDrop() {}
}
