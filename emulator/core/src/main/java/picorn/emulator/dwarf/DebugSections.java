// SPDX-License-Identifier: MIT
package picorn.emulator.dwarf;

/**
 * The sections of an ELF file that line tables are made of (DWARF 5, 6.2); of length 0 where the file has none.
 *
 * @param lines .debug_line
 * @param lineStrings .debug_line_str, since version 5
 * @param strings .debug_str
 */
public record DebugSections(byte[] lines, byte[] lineStrings, byte[] strings) {}
