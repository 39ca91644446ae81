// SPDX-License-Identifier: MIT
package picorn.netstack.tcp;

/** How a connection finds out how much the network takes (RFC 5681). */
public enum CongestionAlgorithm {
    /** CUBIC (RFC 9438). */
    CUBIC,
    /** Slow start and congestion avoidance (RFC 5681, RFC 6582). */
    NEW_RENO,
    /** Only the peer's window limits: for links known to carry it, and for measurements. */
    NONE
}
