// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

import picorn.netstack.octets.Octets;

/**
 * How a packet is to be sent. Senders keep the few that they need, so that none is made per packet.
 *
 * <pre>{@code
 * private static final SendOptions SEGMENT = SendOptions.DEFAULT.dontFragment();
 * private static final SendOptions ECN_CAPABLE = SEGMENT.typeOfService(2);
 * }</pre>
 *
 * @param hopLimit routers that it may pass, 1 to 255
 * @param typeOfService differentiated services in the upper 6 bits (RFC 2474), congestion notification below (RFC 3168)
 * @param flags 0, or {@link Ipv4Header#DONT_FRAGMENT}
 * @param headerOptions IPv4 options, padded to a multiple of 4 octets; mostly none
 */
public record SendOptions(int hopLimit, int typeOfService, int flags, Octets headerOptions) {
    /** 64 hops (RFC 1700), routine service, may be cut up. */
    public static final SendOptions DEFAULT = new SendOptions(64, 0, 0, new Octets());

    /**
     * The same with another hop limit.
     *
     * @param hops 1 to 255; 0 is for packets that stay on this host
     * @return the options
     */
    public SendOptions hopLimit(int hops) {
        return new SendOptions(hops, typeOfService, flags, headerOptions);
    }

    /**
     * The same with another type of service.
     *
     * @param octet 0 to 255
     * @return the options
     */
    public SendOptions typeOfService(int octet) {
        return new SendOptions(hopLimit, octet, flags, headerOptions);
    }

    /**
     * The same, but not to be cut up (RFC 1191): one that is larger than the link's MTU is dropped and counted, one that is too large for a
     * link on the way comes back as {@link ErrorKind#TOO_BIG}.
     *
     * @return the options
     */
    public SendOptions dontFragment() {
        return new SendOptions(hopLimit, typeOfService, Ipv4Header.DONT_FRAGMENT, headerOptions);
    }

    /**
     * The same with IPv4 options, for which the packet needs as many octets more of headroom.
     *
     * @param options a multiple of 4 octets, at most 40; looked at when the packet is sent
     * @return the options
     */
    public SendOptions headerOptions(Octets options) {
        return new SendOptions(hopLimit, typeOfService, flags, options);
    }
}
