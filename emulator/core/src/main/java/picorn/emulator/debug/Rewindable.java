// SPDX-License-Identifier: MIT
package picorn.emulator.debug;

import java.util.List;
import picorn.emulator.cpu.Ram;
import picorn.emulator.machine.Machine;
import picorn.emulator.state.Saved;

/**
 * A machine as a {@link History} takes hold of its state.
 *
 * @param memories all that holds octets by the thousand
 * @param rest all other state
 */
public record Rewindable(Machine machine, List<Ram> memories, Saved rest) {}
