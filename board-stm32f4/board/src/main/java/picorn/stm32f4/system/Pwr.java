// SPDX-License-Identifier: MIT
package picorn.stm32f4.system;

import static picorn.emulator.register.FieldAccess.RO;
import static picorn.emulator.register.FieldAccess.UNIMPLEMENTED;
import static picorn.emulator.register.FieldAccess.W1C;
import static picorn.emulator.register.FieldAccess.WO;

import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.time.Clock;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;

/** Power controller of the STM32F42x (RM0090, 5.5): voltage scaling, over-drive, access to the backup domain. */
public final class Pwr extends RegisterBlock {
    /** The regulator's times (DS9405: up to 45 µs for the over-drive switch; scaling is of the same order). */
    private static final long SETTLE = 40 * Clock.SECOND / 1_000_000;

    private final Register cr =
            register("CR", 0x00, 0x0000_C000).onWrite(this::control).onChange(this::scale);
    private final Field lpds = cr.bit(0, "LPDS", UNIMPLEMENTED);
    private final Field pdds = cr.bit(1, "PDDS", UNIMPLEMENTED);
    private final Field cwuf = cr.bit(2, "CWUF", WO);
    private final Field csbf = cr.bit(3, "CSBF", WO);
    private final Field pvde = cr.bit(4, "PVDE", UNIMPLEMENTED);
    private final Field pls = cr.bits(7, 5, "PLS");
    private final Field dbp = cr.bit(8, "DBP");
    private final Field fpds = cr.bit(9, "FPDS", UNIMPLEMENTED);
    private final Field lpuds = cr.bit(10, "LPUDS", UNIMPLEMENTED);
    private final Field mruds = cr.bit(11, "MRUDS", UNIMPLEMENTED);
    private final Field adcdc1 = cr.bit(13, "ADCDC1");
    private final Field vos = cr.bits(15, 14, "VOS");
    private final Field oden = cr.bit(16, "ODEN");
    private final Field odswen = cr.bit(17, "ODSWEN");
    private final Field uden = cr.bits(19, 18, "UDEN", UNIMPLEMENTED);

    private final Register csr = register("CSR", 0x04).onWrite(this::switchBackupRegulator);
    private final Field wuf = csr.bit(0, "WUF", RO);
    private final Field sbf = csr.bit(1, "SBF", RO);
    private final Field pvdo = csr.bit(2, "PVDO", RO);
    private final Field brr = csr.bit(3, "BRR", RO);
    private final Field ewup = csr.bit(8, "EWUP", UNIMPLEMENTED);
    private final Field bre = csr.bit(9, "BRE");
    private final Field vosrdy = csr.bit(14, "VOSRDY", RO);
    private final Field odrdy = csr.bit(16, "ODRDY", RO);
    private final Field odswrdy = csr.bit(17, "ODSWRDY", RO);
    private final Field udrdy = csr.bits(19, 18, "UDRDY", W1C);

    private final Clock clock;
    private final Event scaled;
    private final Event overDriveReady;
    private final Event overDriveSwitched;

    /** With its regulator settling from now on. */
    public Pwr(EventQueue queue, Clock clock) {
        super("PWR", NarrowWrites.DUPLICATED);
        narrowest(2, 2); // 5.4
        this.clock = clock;
        scaled = queue.event("PWR.VOSRDY", vosrdy::set);
        overDriveReady = queue.event("PWR.ODRDY", this::overDriveIsReady);
        overDriveSwitched = queue.event("PWR.ODSWRDY", odswrdy::set);
        scaled.at(clock.now() + SETTLE);
    }

    /** Whether software may write to the backup domain: CR.DBP. */
    public boolean isBackupDomainWritable() {
        return dbp.isSet();
    }

    /** The voltage scale, 1 (highest) to 3. */
    public int voltageScale() {
        return Math.min(3, 4 - Math.max(1, vos.get()));
    }

    private void control(int written) {
        if (cwuf.isSetIn(written)) {
            wuf.clear();
        }
        if (csbf.isSetIn(written)) {
            sbf.clear();
        }
        follow(oden.isSet(), odrdy, overDriveReady);
        follow(oden.isSet() && odswen.isSet() && odrdy.isSet(), odswrdy, overDriveSwitched);
    }

    private void follow(boolean wanted, Field ready, Event settled) {
        if (!wanted) {
            settled.cancel();
            ready.clear();
        } else if (!ready.isSet() && !settled.armed()) {
            settled.at(clock.now() + SETTLE);
        }
    }

    private void overDriveIsReady() {
        odrdy.set();
        follow(odswen.isSet(), odswrdy, overDriveSwitched);
    }

    private void scale(int before, int after) {
        if (vos.in(before) != vos.in(after)) {
            vosrdy.clear();
            scaled.at(clock.now() + SETTLE);
        }
    }

    private void switchBackupRegulator() {
        brr.is(bre.isSet());
    }

    @Override
    protected void resetRest() {
        overDriveReady.cancel();
        overDriveSwitched.cancel();
        scaled.at(clock.now() + SETTLE);
    }
}
