// SPDX-License-Identifier: MIT
/** What a machine does, written down for people and for the tools that they look at it with. */
package picorn.emulator.trace;
