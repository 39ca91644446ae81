// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.address.AddressPair;
import picorn.netstack.address.Ipv4Address;
import picorn.netstack.address.Ipv4Prefix;

/**
 * Where packets for a network go.
 *
 * @param destination the network
 * @param gateway the router that takes them; unspecified when the network is the link's own
 * @param via the interface
 */
public record Route(Ipv4Prefix destination, Ipv4Address gateway, NetworkInterface via) {
    /** No way at all. */
    public static final Route NONE = NoInterface.NOWHERE.addresses().direct();

    /**
     * To whom a packet is given first.
     *
     * @param destination bits of its destination
     * @return bits of the router's address, or the destination's
     */
    public int nextHop(int destination) {
        return gateway.bits() == 0 ? destination : gateway.bits();
    }

    /**
     * Takes a transport's advice that nothing arrives this way (RFC 1122, section 3.3.1.4).
     *
     * @param addresses of the packets
     */
    public void doubt(AddressPair addresses) {
        via.doubt(nextHop(addresses.destinationIpv4()));
    }

    /**
     * Room that a packet's data needs before it.
     *
     * @return octets of the headers of link and IP
     */
    public int headroom() {
        return via.headroom() + Ipv4Fields.SIZE;
    }

    /**
     * The largest data of a packet that is not cut up.
     *
     * @return octets after the IP header
     */
    public int maxPayload() {
        return via.mtu() - Ipv4Fields.SIZE;
    }

    /**
     * Whether a transport must put its checksum into what it sends this way in one piece.
     *
     * @param protocol the transport's number, 0 to 31
     * @return false if the link does it
     */
    public boolean needsChecksum(int protocol) {
        return !via.offload().computes(protocol);
    }
}
