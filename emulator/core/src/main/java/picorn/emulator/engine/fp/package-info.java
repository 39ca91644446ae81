// SPDX-License-Identifier: MIT
/**
 * Single-precision arithmetic of FPv4-SP on bit patterns, as ARMv7-M ARM chapter A2.5 defines it: every result and every
 * cumulative flag, in all rounding modes, with flush to zero and default NaN. Nothing here allocates.
 */
package picorn.emulator.engine.fp;
