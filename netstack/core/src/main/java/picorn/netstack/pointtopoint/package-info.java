// SPDX-License-Identifier: MIT
/** Links of two ends that carry bare packets. */
package picorn.netstack.pointtopoint;
