// SPDX-License-Identifier: MIT
package picorn.emulator.core;

/**
 * Where an instruction faulted.
 *
 * @param exception the number of the fault's exception, before escalation
 * @param pc address of the instruction
 */
public record FaultPlace(int exception, int pc) {}
