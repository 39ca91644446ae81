// SPDX-License-Identifier: MIT
package picorn.emulator.dwarf;

/**
 * A line of a program's source.
 *
 * @param file its path as the compiler was given it
 * @param line from 1
 */
public record SourceLine(String file, int line) {
    /** For a reader: file without directory, and line, such as "main.c:42". */
    @Override
    public String toString() {
        return "%s:%d".formatted(file.substring(file.lastIndexOf('/') + 1), line);
    }
}
