// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

/** What the core may do, without asking the bus, to memory that is mapped into an engine. */
public enum Mapping {
    /** Flash: fetched and read directly; a store goes to the {@link CpuBus}. */
    READ_EXECUTE,
    /** Memory off the instruction bus, such as the STM32F4's CCM: a fetch from it faults. */
    READ_WRITE,
    /** Ordinary RAM. */
    READ_WRITE_EXECUTE
}
