// SPDX-License-Identifier: MIT
/** How a stack reaches itself. */
package picorn.netstack.loopback;
