// SPDX-License-Identifier: MIT
/** The address resolution protocol. */
package picorn.netstack.arp;
