// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

/** Sees every packet that is delivered to this host. */
@FunctionalInterface
public interface RawInput {
    /**
     * Sees a packet.
     *
     * @param packet lent for the time of the call
     * @return whether somebody wanted it, so that its protocol is not unknown
     */
    boolean receive(IpPacket packet);
}
