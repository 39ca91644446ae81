// SPDX-License-Identifier: MIT
/** GDB's remote serial protocol ("Debugging with GDB", appendix E), free of sockets. */
package picorn.emulator.gdb;
