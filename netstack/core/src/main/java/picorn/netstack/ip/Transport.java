// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.octets.Malformed;

/** A protocol above the Internet protocol. */
public interface Transport {
    /**
     * Its number in the header's protocol field.
     *
     * @return 0 to 255
     */
    int protocol();

    /**
     * Takes a packet.
     *
     * @param packet lent for the time of the call
     * @throws Malformed if it is to be dropped
     */
    void receive(IpPacket packet) throws Malformed;
}
