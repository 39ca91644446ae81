// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

/** What became of a packet that was to be sent. */
public enum SendResult {
    /** It is on its way, or waits for the address of its next hop. */
    SENT,
    /** No route leads to its destination. */
    NO_ROUTE,
    /** It is larger than the link can carry. */
    TOO_LARGE,
    /** The memory budget has no buffer for it; later it may have. */
    OUT_OF_MEMORY
}
