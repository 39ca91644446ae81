// SPDX-License-Identifier: MIT
package picorn.netstack.ethernet;

import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** Takes frames with a VLAN's tag. */
@FunctionalInterface
interface TagHandler {
    /**
     * Takes a frame.
     *
     * @param destination its destination address
     * @param tagged what follows the EtherType of the tag
     * @throws Malformed if it is to be dropped
     */
    void receive(long destination, Octets tagged) throws Malformed;
}
