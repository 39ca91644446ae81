// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

import picorn.netstack.octets.Drop;

/** Why TCP drops segments. */
public final class TcpDrop {
    /** A packet shorter than a TCP header. */
    public static final Drop TRUNCATED = new Drop("tcp.truncated");

    /** The TCP data offset is under 5 or beyond the packet. */
    public static final Drop BAD_OFFSET = new Drop("tcp.bad-offset");

    /** The TCP checksum is wrong. */
    public static final Drop BAD_CHECKSUM = new Drop("tcp.bad-checksum");

    /** A TCP option that runs over the header, or is shorter than its own kind and length. */
    public static final Drop BAD_OPTION = new Drop("tcp.bad-option");

    /** A segment to more than one host (RFC 9293, section 3.9.2.3). */
    public static final Drop NOT_UNICAST = new Drop("tcp.not-unicast");

    /** A segment to a port at which nobody listens, or with a port 0. */
    public static final Drop PORT_CLOSED = new Drop("tcp.port-closed");

    /** A segment outside the receive window (RFC 9293, section 3.10.7.4). */
    public static final Drop NOT_ACCEPTABLE = new Drop("tcp.not-acceptable");

    /** A segment whose timestamp is older than the last one (RFC 7323, section 5). */
    public static final Drop OLD_TIMESTAMP = new Drop("tcp.old-timestamp");

    /** A segment without ACK, or one that acknowledges what was never sent, or too long ago (RFC 5961, section 5). */
    public static final Drop BAD_ACKNOWLEDGMENT = new Drop("tcp.bad-acknowledgment");

    /** A connection request while the listener's backlog is full. */
    public static final Drop BACKLOG_FULL = new Drop("tcp.backlog-full");

    /** Data, out of order or in order, for which the memory budget has no room. */
    public static final Drop MEMORY_DRY = new Drop("tcp.memory-dry");

    private TcpDrop() {}
}
