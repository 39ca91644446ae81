// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** Does what the options of IPv4 headers ask for; by itself, nothing. */
public interface OptionHandling {
    /** Skips options. */
    OptionHandling SKIP = new OptionHandling() {};

    /**
     * Looks at the options of a packet that has some.
     *
     * @param packet lent for the time of the call
     * @throws Malformed if it is to be dropped
     */
    default void check(IpPacket packet) throws Malformed {}

    /**
     * The options of an answer to a packet (RFC 1122, section 3.2.2.6).
     *
     * @param packet the packet, whose options have been checked
     * @return a multiple of 4 octets, valid until the next call; mostly none
     */
    default Octets answer(IpPacket packet) {
        return SendOptions.DEFAULT.headerOptions();
    }

    /**
     * Enters this router into the options of a packet that is forwarded; the checksum is left to the caller.
     *
     * @param packet the packet, to be changed, whose options have been checked
     * @param out the interface that it leaves by
     */
    default void forward(Octets packet, NetworkInterface out) {}
}
