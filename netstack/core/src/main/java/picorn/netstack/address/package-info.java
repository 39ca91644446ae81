// SPDX-License-Identifier: MIT
/** Addresses of Ethernet and of the Internet protocol. */
package picorn.netstack.address;
