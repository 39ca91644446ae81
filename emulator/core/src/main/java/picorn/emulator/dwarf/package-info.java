// SPDX-License-Identifier: MIT
/** Debugging information that compilers leave in ELF files (DWARF, versions 2 to 5): source lines. */
package picorn.emulator.dwarf;
