// SPDX-License-Identifier: MIT
package picorn.stm32f4.chip;

import java.util.function.IntFunction;
import picorn.emulator.bus.Bus;
import picorn.emulator.core.CoreClocks;
import picorn.emulator.cpu.Ram;
import picorn.emulator.report.Findings;
import picorn.emulator.signal.Line;
import picorn.emulator.time.Clock;
import picorn.emulator.time.EventQueue;
import picorn.emulator.time.Frequency;
import picorn.stm32f4.system.MemoryMode;
import picorn.stm32f4.system.Syscfg;

/**
 * What the chip's peripherals stand in.
 *
 * @param bus where they attach
 * @param coreClocks the core's clocks, which RCC drives
 * @param findings where firmware's mistakes are reported
 * @param interrupt the NVIC's input of a position in the vector table
 * @param event wakes the core from WFE
 * @param flash the main flash memory, 1 or 2 MB
 * @param hse what the board has on OSC_IN, {@link Frequency#STOPPED} if nothing
 * @param bootMode what the BOOT pins put at address 0
 * @param remap makes the address space follow SYSCFG_MEMRMP
 * @param seed of the random number generator and the unique identifier
 */
public record Surroundings(
        Bus bus,
        EventQueue queue,
        Clock clock,
        CoreClocks coreClocks,
        Findings findings,
        IntFunction<Line> interrupt,
        Runnable event,
        Ram flash,
        Frequency hse,
        MemoryMode bootMode,
        Syscfg.Remap remap,
        long seed) {}
