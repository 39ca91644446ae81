// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

/** Tells senders what became of their packets. */
@FunctionalInterface
public interface ErrorSender {
    /**
     * Tells the sender of a packet that it reached nobody, unless the rules forbid it (RFC 1122, section 3.2.2).
     *
     * @param packet the packet
     * @param reason why
     */
    void unreachable(IpPacket packet, Unreachable reason);
}
