// SPDX-License-Identifier: MIT
/** The wire format of the dynamic host configuration protocol. */
package picorn.netstack.dhcp;
