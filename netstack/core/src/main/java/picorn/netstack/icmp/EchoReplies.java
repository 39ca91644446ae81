// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import picorn.netstack.ip.IpError;
import picorn.netstack.ip.IpPacket;
import picorn.netstack.octets.Malformed;

/** Who waits for answers to echoes. */
@FunctionalInterface
interface EchoReplies {
    /** Takes an answer, or refuses one that nobody waits for. */
    void accept(IpPacket packet) throws Malformed;

    /** Takes an error about an ICMP message; false if nobody has sent it. */
    default boolean error(IpError error) {
        return false;
    }
}
