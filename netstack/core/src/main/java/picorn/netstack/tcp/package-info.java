// SPDX-License-Identifier: MIT
/** The Transmission Control Protocol (RFC 9293). */
package picorn.netstack.tcp;
