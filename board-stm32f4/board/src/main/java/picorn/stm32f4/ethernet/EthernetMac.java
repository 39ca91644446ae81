// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import static picorn.emulator.register.FieldAccess.RO;
import static picorn.emulator.register.FieldAccess.W1S;

import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.emulator.time.ClockDomain;
import picorn.emulator.time.EventQueue;

/** The registers of the Ethernet MAC (RM0090, 33.8.1); what they cause is done by the parts that {@link Ethernet} joins. */
public final class EthernetMac extends RegisterBlock {
    private static final long BIT_TIME_100 = Clock.SECOND / 100_000_000;
    private static final long BIT_TIME_10 = Clock.SECOND / 10_000_000;

    private final Register maccr = register("MACCR", 0x00, 0x0000_8000).onWrite(this::transmitterChanged);
    final Field re = maccr.bit(2, "RE");
    final Field te = maccr.bit(3, "TE");
    private final Field dc = maccr.bit(4, "DC");
    private final Field bl = maccr.bits(6, 5, "BL");
    final Field apcs = maccr.bit(7, "APCS");
    private final Field rd = maccr.bit(9, "RD");
    final Field ipco = maccr.bit(10, "IPCO");
    final Field dm = maccr.bit(11, "DM");
    final Field lm = maccr.bit(12, "LM");
    private final Field rod = maccr.bit(13, "ROD");
    private final Field fes = maccr.bit(14, "FES");
    private final Field csd = maccr.bit(16, "CSD");
    private final Field ifg = maccr.bits(19, 17, "IFG");
    final Field jd = maccr.bit(22, "JD");
    final Field wd = maccr.bit(23, "WD");
    final Field cstf = maccr.bit(25, "CSTF");

    private final Register macffr = register("MACFFR", 0x04);
    final Field pm = macffr.bit(0, "PM");
    final Field hu = macffr.bit(1, "HU");
    final Field hm = macffr.bit(2, "HM");
    final Field daif = macffr.bit(3, "DAIF");
    final Field pam = macffr.bit(4, "PAM");
    final Field bfd = macffr.bit(5, "BFD");
    final Field pcf = macffr.bits(7, 6, "PCF");
    final Field saif = macffr.bit(8, "SAIF");
    final Field saf = macffr.bit(9, "SAF");
    final Field hpf = macffr.bit(10, "HPF");
    final Field ra = macffr.bit(31, "RA");

    final Register machthr = register("MACHTHR", 0x08);
    private final Field hth = machthr.bits(31, 0, "HTH");
    final Register machtlr = register("MACHTLR", 0x0C);
    private final Field htl = machtlr.bits(31, 0, "HTL");

    final Register macmiiar = register("MACMIIAR", 0x10).onWrite(this::manage);
    final Field mb = macmiiar.bit(0, "MB", W1S);
    final Field mw = macmiiar.bit(1, "MW");
    final Field cr = macmiiar.bits(4, 2, "CR");
    final Field mr = macmiiar.bits(10, 6, "MR");
    final Field pa = macmiiar.bits(15, 11, "PA");
    private final Register macmiidr = register("MACMIIDR", 0x14);
    final Field md = macmiidr.bits(15, 0, "MD");

    private final Register macfcr = register("MACFCR", 0x18).onWrite(this::transmitterChanged);
    final Field fcb = macfcr.bit(0, "FCB", W1S);
    final Field tfce = macfcr.bit(1, "TFCE");
    final Field rfce = macfcr.bit(2, "RFCE");
    final Field upfd = macfcr.bit(3, "UPFD");
    private final Field plt = macfcr.bits(5, 4, "PLT");
    private final Field zqpd = macfcr.bit(7, "ZQPD");
    final Field pt = macfcr.bits(31, 16, "PT");

    private final Register macvlantr = register("MACVLANTR", 0x1C);
    final Field vlanti = macvlantr.bits(15, 0, "VLANTI");
    final Field vlantc = macvlantr.bit(16, "VLANTC");

    /** Not in the manual: version 3.5 of the MAC's design, as the mainline device tree names it (snps,dwmac-3.50a). */
    private final Register macver = register("MACVER", 0x20, 0x1035);

    private final Field version = macver.bits(15, 0, "VERSION", RO);

    private final Register macrwuffr = register("MACRWUFFR", 0x28)
            .shows(this::filterWord)
            .onRead(this::filterRead)
            .onWrite(this::filterWritten);
    private final Register macpmtcsr =
            register("MACPMTCSR", 0x2C).onRead(this::wakeUpSeen).onWrite(this::powerControlWritten);
    final Field pd = macpmtcsr.bit(0, "PD", W1S);
    final Field mpe = macpmtcsr.bit(1, "MPE");
    final Field wfe = macpmtcsr.bit(2, "WFE");
    final Field mpr = macpmtcsr.bit(5, "MPR", RO);
    final Field wfr = macpmtcsr.bit(6, "WFR", RO);
    final Field gu = macpmtcsr.bit(9, "GU");
    final Field wffrpr = macpmtcsr.bit(31, "WFFRPR", W1S);

    private final Register macdbgr = register("MACDBGR", 0x34).shows(this::activity);
    private final Field mmrpea = macdbgr.bit(0, "MMRPEA", RO);
    private final Field msfrwcs = macdbgr.bits(2, 1, "MSFRWCS", RO);
    private final Field rfwra = macdbgr.bit(4, "RFWRA", RO);
    private final Field rfrcs = macdbgr.bits(6, 5, "RFRCS", RO);
    private final Field rffl = macdbgr.bits(9, 8, "RFFL", RO);
    private final Field mmtea = macdbgr.bit(16, "MMTEA", RO);
    private final Field mtfcs = macdbgr.bits(18, 17, "MTFCS", RO);
    private final Field mtp = macdbgr.bit(19, "MTP", RO);
    private final Field tfrs = macdbgr.bits(21, 20, "TFRS", RO);
    private final Field tfwa = macdbgr.bit(22, "TFWA", RO);
    private final Field tfne = macdbgr.bit(24, "TFNE", RO);
    private final Field tff = macdbgr.bit(25, "TFF", RO);

    private final Register macsr = register("MACSR", 0x38).shows(this::interruptStatus);
    private final Field pmts = macsr.bit(3, "PMTS", RO);
    private final Field mmcs = macsr.bit(4, "MMCS", RO);
    private final Field mmcrs = macsr.bit(5, "MMCRS", RO);
    private final Field mmcts = macsr.bit(6, "MMCTS", RO);
    private final Field tsts = macsr.bit(9, "TSTS", RO);
    private final Register macimr = register("MACIMR", 0x3C).onWrite(this::interruptChanged);
    private final Field pmtim = macimr.bit(3, "PMTIM");
    private final Field tstim = macimr.bit(9, "TSTIM");

    final MacAddressPair[] addresses = new MacAddressPair[4];

    private final MacParts parts;
    private final MmcCounters mmc;
    private final PtpClock ptp;
    private final StationManagement management;
    final WakeUp wakeUp;

    EthernetMac(MacParts parts, MmcCounters mmc, PtpClock ptp, Mdio mdio, ClockDomain hclk, EventQueue events) {
        super("Ethernet_MAC", NarrowWrites.MERGED);
        this.parts = parts;
        this.mmc = mmc;
        this.ptp = ptp;
        for (int n = 0; n < addresses.length; n++) {
            addresses[n] = address(n);
        }
        management = new StationManagement(this, mdio, hclk, events);
        wakeUp = new WakeUp(this);
    }

    private MacAddressPair address(int n) {
        Register high = register("MACA%dHR".formatted(n), 0x40 + 8 * n, n == 0 ? 0x8000_FFFF : 0x0000_FFFF);
        high.bits(15, 0, "MACA%dH".formatted(n));
        if (n == 0) {
            high.bit(31, "MO", RO);
        } else {
            high.bits(29, 24, "MBC");
            high.bit(30, "SA");
            high.bit(31, "AE");
        }
        Register low = register("MACA%dLR".formatted(n), 0x44 + 8 * n, 0xFFFF_FFFF);
        low.bits(31, 0, "MACA%dL".formatted(n));
        return new MacAddressPair(high, low);
    }

    private void manage(int written) {
        management.start(written);
    }

    private int filterWord() {
        return wakeUp.filterWord();
    }

    private void filterRead() {
        wakeUp.filterRead();
    }

    private void filterWritten(int value) {
        wakeUp.filterWritten(value);
    }

    private void wakeUpSeen() {
        wakeUp.statusRead();
    }

    private void powerControlWritten() {
        wakeUp.controlWritten();
    }

    private void transmitterChanged() {
        parts.transmitterChanged();
    }

    void interruptChanged() {
        parts.interruptChanged();
    }

    private int activity() {
        int value = parts.receiveFifoLevel() << rffl.lsb();
        if (parts.transmitting()) {
            value |= mmtea.mask() | mtfcs.mask();
        }
        if (parts.paused()) {
            value |= mtp.mask();
        }
        return parts.transmitFifoFilled() ? value | tfne.mask() : value;
    }

    private int interruptStatus() {
        int value = mpr.isSet() || wfr.isSet() ? pmts.mask() : 0;
        if (mmc.receiveInterrupt()) {
            value |= mmcrs.mask() | mmcs.mask();
        }
        if (mmc.transmitInterrupt()) {
            value |= mmcts.mask() | mmcs.mask();
        }
        return ptp.triggered() ? value | tsts.mask() : value;
    }

    /** MACSR's requests that MACIMR lets through, as bits of MACSR. */
    private int interrupts() {
        return interruptStatus() & ~macimr.get();
    }

    boolean managementCountersInterrupt() {
        return mmcs.isSetIn(interrupts());
    }

    boolean powerManagementInterrupts() {
        return pmts.isSetIn(interrupts());
    }

    boolean timeStampInterrupts() {
        return tsts.isSetIn(interrupts());
    }

    /** Picoseconds a bit. */
    long bitTime() {
        return fes.isSet() ? BIT_TIME_100 : BIT_TIME_10;
    }

    /** Bits between two frames. */
    int interFrameGap() {
        return 96 - 8 * ifg.get();
    }

    @Override
    protected void resetRest() {
        management.reset();
        wakeUp.reset();
    }

    @Override
    protected void saveRest(StateWriter out) {
        management.save(out);
        wakeUp.save(out);
    }

    @Override
    protected void loadRest(StateReader in) {
        management.load(in);
        wakeUp.load(in);
    }
}
