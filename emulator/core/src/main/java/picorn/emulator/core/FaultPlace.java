// SPDX-License-Identifier: MIT
package picorn.emulator.core;

/**
 * Where a fault came.
 *
 * @param exception the number of the fault's exception, before escalation
 * @param pc address of the instruction that faulted, of the store if it was imprecise; for a fault of exception entry or return, where the
 *     core was then
 */
public record FaultPlace(int exception, int pc) {}
