// SPDX-License-Identifier: MIT
package picorn.netstack.ip;

/** Why a packet did not reach anybody at this host (RFC 792, "Destination Unreachable"). */
public enum Unreachable {
    /** The host does not speak the protocol. */
    PROTOCOL,
    /** Nobody listens at the port. */
    PORT
}
