// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.address.AddressPair;
import picorn.netstack.octets.Octets;

/** A received packet as transports see it, whichever the version; one object serves all packets of a stack in turn. */
public final class IpPacket {
    private final AddressPair addresses = new AddressPair();
    private final Octets whole = new Octets();
    private final Octets payload = new Octets();
    private Cast cast = Cast.UNICAST;
    private int hopLimit;

    IpPacket() {}

    void set(Octets packet, int headerLength, int totalLength, int hopLimit, Cast cast) {
        whole.aim(packet, 0, totalLength);
        payload.aim(packet, headerLength, totalLength - headerLength);
        this.hopLimit = hopLimit;
        this.cast = cast;
    }

    /**
     * Where it comes from and goes to.
     *
     * @return changeable, but not to be changed by transports
     */
    public AddressPair addresses() {
        return addresses;
    }

    /**
     * The packet from its IP header on, without padding of the link.
     *
     * @return a view for the time of the call
     */
    public Octets whole() {
        return whole;
    }

    /**
     * What the packet carries.
     *
     * @return a view for the time of the call
     */
    public Octets payload() {
        return payload;
    }

    /**
     * To how many it goes.
     *
     * @return by its destination address
     */
    public Cast cast() {
        return cast;
    }

    /**
     * The hops that were left when it arrived.
     *
     * @return 0 to 255
     */
    public int hopLimit() {
        return hopLimit;
    }
}
