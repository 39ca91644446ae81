// SPDX-License-Identifier: MIT
package picorn.emulator.gdb;

/** Answers GDB's {@code monitor} commands. */
@FunctionalInterface
public interface Monitor {
    /** Does what the line says; the answer is for the user, lines that end in line feeds. */
    String execute(String line);
}
