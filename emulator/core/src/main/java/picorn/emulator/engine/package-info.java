// SPDX-License-Identifier: MIT
/** An exact Cortex-M4 in pure Java: each instruction is described once, in the file of its group in the manual. */
package picorn.emulator.engine;
