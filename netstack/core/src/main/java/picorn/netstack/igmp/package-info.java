// SPDX-License-Identifier: MIT
/** Membership in multicast groups. */
package picorn.netstack.igmp;
