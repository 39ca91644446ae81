// SPDX-License-Identifier: MIT
package picorn.netstack.dhcp;

import java.util.Optional;

/** DHCP message types (RFC 2132, section 9.6); the code is the ordinal plus one. */
public enum DhcpMessageType {
    /** Client to all: is there a server? */
    DISCOVER,
    /** Server: this address could be had. */
    OFFER,
    /** Client: I take this address, or keep it. */
    REQUEST,
    /** Client: this address is in use by another. */
    DECLINE,
    /** Server: the address is yours. */
    ACK,
    /** Server: that address is not for you. */
    NAK,
    /** Client: I no longer need the address. */
    RELEASE,
    /** Client: I have an address; tell me the rest. */
    INFORM;

    /**
     * The number on the wire.
     *
     * @return 1 to 8
     */
    public int code() {
        return ordinal() + 1;
    }

    /**
     * The type with a number.
     *
     * @param code the number on the wire
     * @return the type, nothing if there is none
     */
    public static Optional<DhcpMessageType> of(int code) {
        return code >= 1 && code <= values().length ? Optional.of(values()[code - 1]) : Optional.empty();
    }
}
