// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

/** What became of a packet that was to be sent. */
public enum SendResult {
    /** It is on its way, or waits for the address of its next hop. */
    SENT,
    /** No route leads to its destination. */
    NO_ROUTE,
    /** It is larger than the link can carry, or than IP can. */
    TOO_LARGE,
    /** The memory budget has no buffer for it; later it may have. */
    OUT_OF_MEMORY,
    /** It goes to all hosts of a network, which the socket has not been allowed to send to. */
    BROADCAST_FORBIDDEN,
    /** An earlier datagram reached nobody; this one was not sent, the next one will be. */
    UNREACHABLE
}
