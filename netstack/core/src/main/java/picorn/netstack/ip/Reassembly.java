// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** Takes fragments that are for this host. */
@FunctionalInterface
public interface Reassembly {
    /**
     * Takes a fragment and, when it was the last one missing, delivers the whole packet.
     *
     * @param fragment with its header, which has been checked
     * @param from where it came in
     * @param cast to how many it goes
     * @throws Malformed if it is to be dropped
     */
    void receive(Octets fragment, NetworkInterface from, Cast cast) throws Malformed;
}
