// SPDX-License-Identifier: MIT
/** The Cortex-M4 around an engine: exceptions, the system control space, faults, sleep. Written once for all engines. */
package picorn.emulator.core;
