// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

/** What an instruction does to an address (ARMv7-M ARM, B3.5.4: the MPU tells these three apart). */
public enum Access {
    /** An instruction fetch. */
    FETCH,
    /** A data read. */
    READ,
    /** A data write. */
    WRITE
}
