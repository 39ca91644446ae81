// SPDX-License-Identifier: MIT
package picorn.netstack.udp;

import picorn.netstack.address.IpAddress;
import picorn.netstack.ip.ErrorKind;

/**
 * What somebody told of a datagram that was sent (RFC 1122, section 4.1.3.3).
 *
 * @param kind why it did not arrive
 * @param peer to whom it was sent
 * @param port to which port
 * @param reporter who told it
 */
public record UdpError(ErrorKind kind, IpAddress peer, int port, IpAddress reporter) {}
