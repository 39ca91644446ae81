// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

/** Tells senders what became of their packets. */
@FunctionalInterface
public interface ErrorSender {
    /**
     * Tells the sender of a packet that it did not arrive, unless the rules forbid it (RFC 1122, section 3.2.2).
     *
     * @param packet the packet
     * @param kind why
     * @param detail the next link's MTU, the octet that is wrong, or the router to be used; 0 for other kinds
     */
    void tell(IpPacket packet, ErrorKind kind, int detail);
}
