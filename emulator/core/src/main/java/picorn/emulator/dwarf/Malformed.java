// SPDX-License-Identifier: MIT
package picorn.emulator.dwarf;

/** Debugging information that makes no sense; whoever reads it leaves it out. */
final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String what) {
        super(what, null, false, false);
    }
}
