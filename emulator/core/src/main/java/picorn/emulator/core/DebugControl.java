// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.register.FieldAccess.RO;
import static picorn.emulator.register.FieldAccess.UNIMPLEMENTED;

import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;

/** The debug registers in the system control space (ARMv7-M ARM, C1.6): no halting debugger is attached by them. */
final class DebugControl extends RegisterBlock {
    private final Register dhcsr = register("DHCSR", 0xDF0);
    private final Register dcrsr = register("DCRSR", 0xDF4);
    private final Register dcrdr = register("DCRDR", 0xDF8);
    private final Register demcr = register("DEMCR", 0xDFC);
    private final Field vectorCatches = demcr.bits(10, 0, "VC", UNIMPLEMENTED);
    final Field monEn = demcr.bit(16, "MON_EN");
    final Field monPend = demcr.bit(17, "MON_PEND");
    private final Field monStep = demcr.bit(18, "MON_STEP", UNIMPLEMENTED);
    private final Field monReq = demcr.bit(19, "MON_REQ");
    /** Powers DWT and ITM. */
    final Field trcEna = demcr.bit(24, "TRCENA");

    DebugControl(Exceptions exceptions) {
        super("DCB", NarrowWrites.MERGED);
        dhcsr.bits(31, 0, "DHCSR", RO);
        dcrsr.bits(31, 0, "DCRSR", RO);
        dcrdr.bits(31, 0, "DCRDR");
        demcr.onChange((before, after) -> {
            if (monPend.isSet()) {
                exceptions.pend(ExceptionNumber.DEBUG_MONITOR);
            } else {
                exceptions.unpend(ExceptionNumber.DEBUG_MONITOR);
            }
        });
    }
}
