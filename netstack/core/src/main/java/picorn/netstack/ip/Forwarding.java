// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.octets.Malformed;

/** Takes packets that are for other hosts. */
@FunctionalInterface
public interface Forwarding {
    /**
     * Sends a packet on its way.
     *
     * @param packet lent for the time of the call
     * @throws Malformed if it is to be dropped
     */
    void forward(IpPacket packet) throws Malformed;
}
