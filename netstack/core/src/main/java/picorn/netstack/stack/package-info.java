// SPDX-License-Identifier: MIT
/** A stack put together from its layers. */
package picorn.netstack.stack;
