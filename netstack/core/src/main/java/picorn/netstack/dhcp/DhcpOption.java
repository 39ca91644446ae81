// SPDX-License-Identifier: MIT
package picorn.netstack.dhcp;

/** DHCP options that the stack knows (RFC 2132); others are passed over. They are written in this order. */
public enum DhcpOption {
    /** What message it is; written first. */
    MESSAGE_TYPE(53),
    /** The mask of the network, an address. */
    SUBNET_MASK(1),
    /** Routers, addresses. */
    ROUTER(3),
    /** DNS servers, addresses. */
    DOMAIN_NAME_SERVER(6),
    /** The largest packet that the network carries. */
    INTERFACE_MTU(26),
    /** The address that a client asks for. */
    REQUESTED_ADDRESS(50),
    /** For how many seconds an address is given. */
    LEASE_TIME(51),
    /** Whether the fields {@code sname} and {@code file} hold options too. */
    OVERLOAD(52),
    /** Which server is meant, or answers, an address. */
    SERVER_IDENTIFIER(54),
    /** The options that a client wants to hear of. */
    PARAMETER_REQUEST_LIST(55),
    /** Why a server refuses, text. */
    MESSAGE(56),
    /** After how many seconds a client asks its server to renew, T1. */
    RENEWAL_TIME(58),
    /** After how many seconds a client asks any server, T2. */
    REBINDING_TIME(59),
    /** How a client is told from others, if not by its hardware address. */
    CLIENT_IDENTIFIER(61),
    /** The TFTP server that has the boot file, a name or an address in text. */
    TFTP_SERVER_NAME(66),
    /** The file that a client boots. */
    BOOTFILE_NAME(67);

    private final int code;

    DhcpOption(int code) {
        this.code = code;
    }

    /**
     * The number on the wire.
     *
     * @return 1 to 254
     */
    public int code() {
        return code;
    }
}
