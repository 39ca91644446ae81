// SPDX-License-Identifier: MIT
package picorn.netstack.arp;

import picorn.netstack.octets.Octets;

/** Sees all ARP packets that a station receives. */
@FunctionalInterface
public interface ArpWatcher {
    /**
     * Sees a packet.
     *
     * @param packet a well-formed ARP packet, for the time of the call
     */
    void received(Octets packet);
}
