// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

/** Why a connection ended other than by both sides closing it. */
public enum TcpFailure {
    /** Nobody listens at the port: the request was answered by a reset. */
    REFUSED,
    /** The peer, or this side's {@code abort}, reset it. */
    RESET,
    /** The peer did not answer for as long as the configuration allows. */
    TIMED_OUT,
    /** The network told that the peer cannot be reached, or no route leads there. */
    UNREACHABLE,
    /** The memory budget has no room for it. */
    OUT_OF_MEMORY
}
