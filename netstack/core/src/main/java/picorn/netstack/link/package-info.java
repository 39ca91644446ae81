// SPDX-License-Identifier: MIT
/** Frames and the wires that carry them. */
package picorn.netstack.link;
