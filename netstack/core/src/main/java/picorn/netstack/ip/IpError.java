// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.address.AddressPair;
import picorn.netstack.octets.Malformed;
import picorn.netstack.octets.Octets;

/** An error that ICMP tells of, with what it quotes of the packet that this host has sent; one object serves all in turn. */
public final class IpError {
    /** Octets of data that are quoted at least (RFC 792). */
    public static final int LEAST_DATA = 8;

    private final AddressPair addresses = new AddressPair();
    private final Octets quoted = new Octets();
    private ErrorKind kind = ErrorKind.HOST_UNREACHABLE;
    private int code;
    private int protocol;
    private int detail;
    private int reporter;

    /**
     * Takes an error.
     *
     * @param packet an IPv4 header and at least 8 octets of data, as quoted
     * @param kind what is told
     * @param code the code of the message
     * @param word the last four octets of the message's header
     * @param reporter who told it, an IPv4 address
     * @throws Malformed if what is quoted cannot have been sent, or the error not be true
     */
    public void set(Octets packet, ErrorKind kind, int code, int word, int reporter) throws Malformed {
        packet.require(Ipv4Fields.SIZE, ErrorDrop.BAD_QUOTE);
        int header = Ipv4Fields.headerLength(packet);
        if (header < Ipv4Fields.SIZE || packet.length() < header + LEAST_DATA) {
            throw ErrorDrop.BAD_QUOTE.malformed();
        }
        quoted.aim(packet, header, packet.length() - header);
        addresses.setIpv4(Ipv4Fields.SOURCE.get(packet), Ipv4Fields.DESTINATION.get(packet));
        protocol = Ipv4Fields.PROTOCOL.get(packet);
        this.kind = kind;
        this.code = code;
        this.reporter = reporter;
        detail = switch (kind) {
            case TOO_BIG -> checkedMtu(word & 0xFFFF, Ipv4Fields.TOTAL_LENGTH.get(packet));
            case BAD_HEADER -> word >>> 24;
            default -> word;
        };
    }

    /** The MTU that is told, or, by a router older than RFC 1191, the next lower one of its section 7.1. */
    private static int checkedMtu(int told, int length) throws Malformed {
        int mtu = told == 0 ? MtuPlateaus.below(length) : told;
        if (mtu < MtuPlateaus.LEAST || mtu >= length) {
            throw ErrorDrop.BAD_MTU.malformed();
        }
        return mtu;
    }

    /**
     * What is told.
     *
     * @return the kind
     */
    public ErrorKind kind() {
        return kind;
    }

    /**
     * The code of the message, where that says more than the kind.
     *
     * @return 0 to 255
     */
    public int code() {
        return code;
    }

    /**
     * The addresses of the packet that was sent: its source is this host, its destination the peer.
     *
     * @return changeable, but not to be changed by transports
     */
    public AddressPair addresses() {
        return addresses;
    }

    /**
     * What the packet carried.
     *
     * @return a protocol's number
     */
    public int protocol() {
        return protocol;
    }

    /**
     * The beginning of what the packet carried, from the transport's header on.
     *
     * @return a view of 8 octets or more, for the time of the call
     */
    public Octets quoted() {
        return quoted;
    }

    /**
     * For {@link ErrorKind#TOO_BIG}, the largest packet that passes (RFC 1191), a router that does not say included.
     *
     * @return octets, IP header included
     */
    public int mtu() {
        return detail;
    }

    /**
     * For {@link ErrorKind#BAD_HEADER} the octet that is wrong; for {@link ErrorKind#REDIRECTED} the bits of the router to be
     * used.
     *
     * @return a number
     */
    public int detail() {
        return detail;
    }

    /**
     * Who told it: a router on the way, or the peer.
     *
     * @return bits of an IPv4 address
     */
    public int reporterIpv4() {
        return reporter;
    }
}
