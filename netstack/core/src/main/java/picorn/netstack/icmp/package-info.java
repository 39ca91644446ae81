// SPDX-License-Identifier: MIT
/** The Internet control message protocol. */
package picorn.netstack.icmp;
