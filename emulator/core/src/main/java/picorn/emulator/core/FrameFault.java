// SPDX-License-Identifier: MIT
package picorn.emulator.core;

/** What became of the core's own access to an exception frame. */
enum FrameFault {
    NONE,
    /** There is no memory. */
    BUS,
    /** The MPU refused. */
    PROTECTION,
    /** CPACR denies the floating-point part, CheckVFPEnabled() of the manual. */
    NO_COPROCESSOR
}
