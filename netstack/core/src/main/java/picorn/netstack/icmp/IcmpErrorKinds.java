// SPDX-License-Identifier: MIT
package picorn.netstack.icmp;

import picorn.netstack.ip.ErrorKind;

/** What types and codes of received errors mean (RFC 792; RFC 1122, section 3.2.2.1; RFC 1812, section 5.2.7.1). */
final class IcmpErrorKinds {
    /** By code: kinds of "Destination Unreachable", of which several mean the same to a sender. */
    private static final ErrorKind[] UNREACHABLE = {
        ErrorKind.NETWORK_UNREACHABLE,
        ErrorKind.HOST_UNREACHABLE,
        ErrorKind.PROTOCOL_UNREACHABLE,
        ErrorKind.PORT_UNREACHABLE,
        ErrorKind.TOO_BIG,
        ErrorKind.SOURCE_ROUTE_FAILED,
        ErrorKind.NETWORK_UNREACHABLE,
        ErrorKind.HOST_UNREACHABLE,
        ErrorKind.HOST_UNREACHABLE,
        ErrorKind.PROHIBITED,
        ErrorKind.PROHIBITED,
        ErrorKind.NETWORK_UNREACHABLE,
        ErrorKind.HOST_UNREACHABLE,
        ErrorKind.PROHIBITED,
        ErrorKind.PROHIBITED,
        ErrorKind.PROHIBITED
    };

    private IcmpErrorKinds() {}

    /** The kind of an error; unknown codes tell no more than their type. */
    static ErrorKind of(int type, int code) {
        return switch (type) {
            case 3 -> UNREACHABLE[code < UNREACHABLE.length ? code : 0];
            case 5 -> ErrorKind.REDIRECTED;
            case 11 -> code == 1 ? ErrorKind.REASSEMBLY_TIMED_OUT : ErrorKind.HOPS_EXCEEDED;
            default -> ErrorKind.BAD_HEADER;
        };
    }
}
