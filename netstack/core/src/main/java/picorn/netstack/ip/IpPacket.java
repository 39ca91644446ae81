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
    private NetworkInterface from = Route.NONE.via();
    private boolean inOnePiece;

    IpPacket() {}

    void set(Octets packet, NetworkInterface from, Cast cast) {
        int header = Ipv4Fields.headerLength(packet);
        int total = Ipv4Fields.TOTAL_LENGTH.get(packet);
        addresses.setIpv4(Ipv4Fields.SOURCE.get(packet), Ipv4Fields.DESTINATION.get(packet));
        whole.aim(packet, 0, total);
        payload.aim(packet, header, total - header);
        this.from = from;
        this.cast = cast;
        inOnePiece = true;
    }

    /**
     * The same packet, to be kept beyond the call that it is lent for.
     *
     * @return a copy with octets of its own
     */
    public IpPacket copy() {
        IpPacket copy = new IpPacket();
        copy.set(Octets.over(whole.toArray()), from, cast);
        copy.inOnePiece = inOnePiece;
        return copy;
    }

    void reassembled() {
        inOnePiece = false;
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
     * Where it came in.
     *
     * @return the interface
     */
    public NetworkInterface from() {
        return from;
    }

    /**
     * The number of the protocol that it carries.
     *
     * @return 0 to 255
     */
    public int protocol() {
        return Ipv4Fields.PROTOCOL.get(whole);
    }

    /**
     * The hops that were left when it arrived.
     *
     * @return 0 to 255
     */
    public int hopLimit() {
        return Ipv4Fields.TIME_TO_LIVE.get(whole);
    }

    /**
     * Differentiated services, and congestion notification in the lower two bits (RFC 3168, section 5).
     *
     * @return 0 to 255
     */
    public int typeOfService() {
        return Ipv4Fields.TYPE_OF_SERVICE.get(whole);
    }

    /**
     * Whether a transport must verify its checksum.
     *
     * @param protocol the transport's number, 0 to 31
     * @return false if the link has done it
     */
    public boolean needsChecksum(int protocol) {
        return !(inOnePiece && from.offload().verifies(protocol));
    }

    /**
     * Whether it is a fragment without the beginning of what it is a part of.
     *
     * @return true if so
     */
    public boolean isLaterFragment() {
        return Ipv4Fields.fragmentOffset(whole) != 0;
    }

    /** Whether its header has options. */
    boolean hasOptions() {
        return payload.offset() - whole.offset() > Ipv4Fields.SIZE;
    }
}
