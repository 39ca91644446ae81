// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.register.FieldAccess.RO;

import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.RegisterBlock;

/**
 * The Trace Port Interface Unit (ARMv7-M ARM, C1.10; Cortex-M4 TRM, table 11-1). Firmware sets the SWO pin's speed and protocol here
 * before it uses the ITM; that has no effect on where the ITM's output goes.
 */
final class TracePort extends RegisterBlock {
    TracePort() {
        super("TPIU", NarrowWrites.MERGED);
        register("TPIU_SSPSR", 0x000, 0x0B).bits(31, 0, "SWIDTH", RO);
        register("TPIU_CSPSR", 0x004, 1).bits(31, 0, "CWIDTH");
        register("TPIU_ACPR", 0x010).bits(15, 0, "SWOSCALER");
        register("TPIU_SPPR", 0x0F0, 1).bits(1, 0, "TXMODE");
        register("TPIU_FFSR", 0x300, 8).bits(31, 0, "FFSR", RO);
        register("TPIU_FFCR", 0x304, 0x102).bits(31, 0, "FFCR");
        register("TPIU_TYPE", 0xFC8, 0xCA1).bits(31, 0, "TYPE", RO);
    }
}
