// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

/** Takes packets to other hosts that carry neither TCP nor UDP, on a transparent gateway. */
@FunctionalInterface
public interface PacketInterceptor {
    /** Nobody: the sender is told that it is prohibited. */
    PacketInterceptor NOBODY = packet -> false;

    /**
     * Takes a packet.
     *
     * @param packet lent for the time of the call
     * @return false if nobody takes it
     */
    boolean received(IpPacket packet);
}
