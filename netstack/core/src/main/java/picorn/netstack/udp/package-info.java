// SPDX-License-Identifier: MIT
/** The user datagram protocol and its sockets. */
package picorn.netstack.udp;
