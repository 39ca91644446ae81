// SPDX-License-Identifier: MIT
/** What the TCP/IP stack needs to meet the host: TAP interfaces, a thread that drives a stack, blocking streams. */
package picorn.netstack.host;
