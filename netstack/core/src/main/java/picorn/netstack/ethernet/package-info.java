// SPDX-License-Identifier: MIT
/** Ethernet framing and the interface of a stack to a link. */
package picorn.netstack.ethernet;
