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

    /**
     * Takes an error that is told of a packet of this protocol which this host's address is the source of. Anybody can make
     * such messages up, so the transport looks whether the quoted octets are of something it has under way (RFC 5927); only
     * if it says so, the path-MTU cache and the routes believe the error too. What the error means for a connection, soft or
     * hard, is the transport's to decide.
     *
     * @param error lent for the time of the call
     * @return whether the quoted packet is one that this transport may have sent
     */
    default boolean error(IpError error) {
        return false;
    }
}
