// SPDX-License-Identifier: MIT
/** Views of octets, fields of wire formats, the Internet checksum, and the reasons for which packets are dropped. */
package picorn.netstack.octets;
