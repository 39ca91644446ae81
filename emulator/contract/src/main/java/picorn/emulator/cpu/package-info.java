// SPDX-License-Identifier: MIT
/** What every {@link picorn.emulator.cpu.CpuEngine} is tested with: an engine's module subclasses these and names its provider. */
package picorn.emulator.cpu;
