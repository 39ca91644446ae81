// SPDX-License-Identifier: MIT
package picorn.netstack.tcp.control;

/** Learns of each segment that is acknowledged, cumulatively or by SACK; RACK's input (RFC 8985, section 6.2). */
@FunctionalInterface
public interface Deliveries {
    /** For connections without RACK. */
    Deliveries IGNORED = (sentAt, end, retransmitted, now) -> {};

    /**
     * A segment has arrived.
     *
     * @param sentAt when it was last sent
     * @param end the sequence number after its last octet
     * @param retransmitted true if it was sent more than once
     * @param now when that became known
     */
    void delivered(long sentAt, int end, boolean retransmitted, long now);
}
