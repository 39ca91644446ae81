// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.address.AddressPair;
import picorn.netstack.context.PacketBuffer;

/** How transports send packets, whichever the version. */
public interface IpOutput {
    /**
     * The way to a destination.
     *
     * @param addresses of the packet; an unspecified source is replaced by the interface's address
     * @return the route, or {@link Route#NONE} when there is none, which is counted
     */
    Route route(AddressPair addresses);

    /**
     * The way to a destination through one interface. If that has no address yet, every destination is its neighbour, and the
     * source stays unspecified: so a DHCP client sends.
     *
     * @param addresses of the packet; an unspecified source is replaced by the interface's address
     * @param via the interface
     * @return the route, or {@link Route#NONE} when there is none, which is counted
     */
    Route route(AddressPair addresses, NetworkInterface via);

    /**
     * The largest packet that passes on the way to a destination without being cut up, as far as is known (RFC 1191).
     *
     * @param route the way
     * @param addresses of the packet
     * @return octets, IP header included: the route's MTU, or less when a router has said so
     */
    int pathMtu(Route route, AddressPair addresses);

    /**
     * The largest data of a packet, cut up if need be.
     *
     * @param route the way
     * @return octets after the IP header: 65,515, or, in a stack that does not cut up packets, the route's
     */
    int maxPayload(Route route);

    /**
     * Whether a transport must put its checksum into what it sends: the link does it at best for what is not cut up.
     *
     * @param route the way
     * @param addresses of the packet
     * @param protocol the transport's number, 0 to 31
     * @param length octets after the IP header
     * @return false if the link does it
     */
    default boolean needsChecksum(Route route, AddressPair addresses, int protocol, int length) {
        return route.needsChecksum(protocol) || length > pathMtu(route, addresses) - Ipv4Header.LARGEST_SIZE;
    }

    /**
     * Whether a message could be sent; what is dropped for want of memory is counted.
     *
     * @param route what {@link #route} has given
     * @param length octets of the message, the header of its protocol included
     * @param options how it is to be sent
     * @return {@link SendResult#SENT} if it could
     */
    SendResult check(Route route, int length, SendOptions options);

    /**
     * Begins a message that could be sent.
     *
     * @param route as {@link #check} has had it
     * @param length octets of the message, the header of its protocol included
     * @param options how it is to be sent
     * @return a buffer with room for the headers of lower layers
     */
    PacketBuffer start(Route route, int length, SendOptions options);

    /**
     * Sends a packet and puts its buffer back, now or later.
     *
     * @param data what it carries, with {@link Route#headroom()} octets of room before it, at most
     *     {@link #maxPayload(Route)} octets
     * @param route the way
     * @param addresses source and destination
     * @param protocol the number of the protocol that it carries
     */
    default void send(PacketBuffer data, Route route, AddressPair addresses, int protocol) {
        send(data, route, addresses, protocol, SendOptions.DEFAULT);
    }

    /**
     * Sends a packet with options and puts its buffer back, now or later.
     *
     * @param data what it carries, with {@link Route#headroom()} octets of room before it, and the header options', at most
     *     {@link #maxPayload(Route)} octets
     * @param route the way
     * @param addresses source and destination
     * @param protocol the number of the protocol that it carries
     * @param options how it is to be sent
     */
    void send(PacketBuffer data, Route route, AddressPair addresses, int protocol, SendOptions options);
}
