// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

/** What a connection does or offers to its peer. */
public enum TcpFeature {
    /** Sends small segments at once, although others are not acknowledged: no Nagle algorithm (RFC 1122, section 4.2.3.4). */
    NO_DELAY,
    /** Selective acknowledgment (RFC 2018). */
    SACK,
    /** Timestamps, and protection by them (RFC 7323, sections 3 and 5). */
    TIMESTAMPS,
    /** Windows beyond 64 KiB (RFC 7323, section 2). */
    WINDOW_SCALING,
    /** Explicit congestion notification (RFC 3168). */
    ECN
}
