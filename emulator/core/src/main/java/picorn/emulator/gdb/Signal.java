// SPDX-License-Identifier: MIT
package picorn.emulator.gdb;

/** Why the core halted, as GDB numbers it (include/gdb/signals.def in words of the manual's E.3). */
enum Signal {
    INTERRUPT(2),
    TRAP(5),
    SEGMENTATION_FAULT(11);

    private final int number;

    Signal(int number) {
        this.number = number;
    }

    String reply() {
        return "T%02xthread:1;".formatted(number);
    }
}
