// SPDX-License-Identifier: MIT
/** Sockets for whole IPv4 packets. */
package picorn.netstack.raw;
