// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

/** Why a packet did not arrive, as ICMP tells its sender (RFC 792; RFC 1122, section 3.2.2; RFC 1812, section 5.2.7). */
public enum ErrorKind {
    /** No way leads to the network. */
    NETWORK_UNREACHABLE(3, 0),
    /** The last router does not reach the host. */
    HOST_UNREACHABLE(3, 1),
    /** The host does not speak the protocol. */
    PROTOCOL_UNREACHABLE(3, 2),
    /** Nobody listens at the port. */
    PORT_UNREACHABLE(3, 3),
    /** A link on the way is too small and the packet not to be cut up. */
    TOO_BIG(3, 4),
    /** The source route of the packet was not followed. */
    SOURCE_ROUTE_FAILED(3, 5),
    /** Somebody does not allow it. */
    PROHIBITED(3, 13),
    /** It has passed as many routers as it was allowed to. */
    HOPS_EXCEEDED(11, 0),
    /** Some of its fragments did not arrive in time. */
    REASSEMBLY_TIMED_OUT(11, 1),
    /** Its header is wrong. */
    BAD_HEADER(12, 0),
    /** A neighbour that is to be used instead: no error of the packet, which went on its way. */
    REDIRECTED(5, 1);

    private final int type;
    private final int code;

    ErrorKind(int type, int code) {
        this.type = type;
        this.code = code;
    }

    /**
     * The type of the ICMPv4 message that tells of it.
     *
     * @return 3, 5, 11 or 12
     */
    public int type() {
        return type;
    }

    /**
     * The code with which this stack tells of it.
     *
     * @return a code
     */
    public int code() {
        return code;
    }

    /**
     * Whether trying again will not help (RFC 1122, section 4.2.3.9): the protocol or the port is not there. All others may
     * pass, that is, are soft.
     *
     * @return true for a hard error
     */
    public boolean isHard() {
        return this == PROTOCOL_UNREACHABLE || this == PORT_UNREACHABLE;
    }
}
