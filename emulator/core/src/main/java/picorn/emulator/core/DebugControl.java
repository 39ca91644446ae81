// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.core.ExceptionNumber.DEBUG_MONITOR;
import static picorn.emulator.register.FieldAccess.RO;
import static picorn.emulator.register.FieldAccess.UNIMPLEMENTED;
import static picorn.emulator.register.FieldAccess.WO;

import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;

/** The debug registers in the system control space (ARMv7-M ARM, C1.6): no halting debugger is attached by them. */
final class DebugControl extends RegisterBlock {
    private final Exceptions exceptions;
    private final Register dhcsr = register("DHCSR", 0xDF0);
    private final Register dcrsr = register("DCRSR", 0xDF4);
    private final Register dcrdr = register("DCRDR", 0xDF8);
    private final Register demcr = register("DEMCR", 0xDFC).shows(this::demcr).onWrite(this::pendMonitor);
    private final Field vectorCatches = demcr.bits(10, 0, "VC", UNIMPLEMENTED);
    final Field monEn = demcr.bit(16, "MON_EN");
    private final Field monPend = demcr.bit(17, "MON_PEND", WO);
    private final Field monStep = demcr.bit(18, "MON_STEP", UNIMPLEMENTED);
    private final Field monReq = demcr.bit(19, "MON_REQ");
    /** Powers DWT and ITM. */
    final Field trcEna = demcr.bit(24, "TRCENA");

    DebugControl(Exceptions exceptions) {
        super("DCB", NarrowWrites.MERGED);
        narrowest(4, 4);
        this.exceptions = exceptions;
        dhcsr.bits(31, 0, "DHCSR", RO);
        dcrsr.bits(31, 0, "DCRSR", RO);
    }

    /** Who is to know that TRCENA or another bit of DEMCR has changed. */
    void onChange(Runnable listener) {
        demcr.onChange((before, after) -> listener.run());
    }

    private int demcr() {
        return demcr.get() | (exceptions.isPending(DEBUG_MONITOR) ? monPend.mask() : 0);
    }

    private void pendMonitor(int value) {
        if (monPend.isSetIn(value)) {
            exceptions.pend(DEBUG_MONITOR);
        } else {
            exceptions.unpend(DEBUG_MONITOR);
        }
    }
}
