// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import static picorn.emulator.register.FieldAccess.RO;
import static picorn.emulator.register.FieldAccess.W1C;
import static picorn.emulator.register.FieldAccess.W1S;
import static picorn.emulator.register.FieldAccess.WO;

import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.signal.Line;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.Clock;
import picorn.emulator.time.ClockDomain;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;

/** The registers of the Ethernet DMA (RM0090, 33.8.4), its status and its interrupt (33.6.9). */
public final class EthernetDma extends RegisterBlock {
    /** For EBS: which DMA met a bus error, doing what. */
    static final int EBS_TRANSMIT = 1;

    static final int EBS_READ = 2;
    static final int EBS_DESCRIPTOR = 4;

    /** A software reset passes through the clock domains of HCLK and of the MII, which runs at 2.5 MHz or more. */
    private static final long SOFTWARE_RESET_TIME = Clock.SECOND / 1_000_000;

    private static final int WATCHDOG_UNIT = 256;
    private static final int WORD_SIZE = 4;

    private final Register dmabmr =
            register("DMABMR", 0x00, 0x0002_0101).shows(this::busMode).onWrite(this::busModeWritten);
    private final Field resetting = dmabmr.bit(0, "SR", W1S);
    private final Field da = dmabmr.bit(1, "DA");
    private final Field dsl = dmabmr.bits(6, 2, "DSL");
    private final Field edfe = dmabmr.bit(7, "EDFE");
    private final Field pbl = dmabmr.bits(13, 8, "PBL");
    private final Field rtpr = dmabmr.bits(15, 14, "RTPR");
    private final Field fb = dmabmr.bit(16, "FB");
    private final Field rdp = dmabmr.bits(22, 17, "RDP");
    private final Field usp = dmabmr.bit(23, "USP");
    private final Field fpm = dmabmr.bit(24, "FPM");
    private final Field aab = dmabmr.bit(25, "AAB");
    private final Field mb = dmabmr.bit(26, "MB");

    private final Register dmatpdr = register("DMATPDR", 0x04).onWrite(this::pollTransmit);
    private final Field tpd = dmatpdr.bits(31, 0, "TPD", WO);
    private final Register dmarpdr = register("DMARPDR", 0x08).onWrite(this::pollReceive);
    private final Field rpd = dmarpdr.bits(31, 0, "RPD", WO);
    private final Register dmardlar =
            register("DMARDLAR", 0x0C).shows(this::receiveList).onWrite(this::receiveListWritten);
    private final Field srl = dmardlar.bits(31, 0, "SRL");
    private final Register dmatdlar =
            register("DMATDLAR", 0x10).shows(this::transmitList).onWrite(this::transmitListWritten);
    private final Field stl = dmatdlar.bits(31, 0, "STL");

    private final Register dmasr = register("DMASR", 0x14).shows(this::status).onWrite(this::updateInterrupt);
    final Field ts = dmasr.bit(0, "TS", W1C);
    final Field tpss = dmasr.bit(1, "TPSS", W1C);
    final Field tbus = dmasr.bit(2, "TBUS", W1C);
    final Field tjts = dmasr.bit(3, "TJTS", W1C);
    final Field ros = dmasr.bit(4, "ROS", W1C);
    private final Field tus = dmasr.bit(5, "TUS", W1C);
    private final Field rs = dmasr.bit(6, "RS", W1C);
    final Field rbus = dmasr.bit(7, "RBUS", W1C);
    final Field rpss = dmasr.bit(8, "RPSS", W1C);
    final Field rwts = dmasr.bit(9, "RWTS", W1C);
    final Field ets = dmasr.bit(10, "ETS", W1C);
    private final Field fbes = dmasr.bit(13, "FBES", W1C);
    final Field ers = dmasr.bit(14, "ERS", W1C);
    private final Field ais = dmasr.bit(15, "AIS", W1C);
    private final Field nis = dmasr.bit(16, "NIS", W1C);
    private final Field rps = dmasr.bits(19, 17, "RPS", RO);
    private final Field tps = dmasr.bits(22, 20, "TPS", RO);
    private final Field ebs = dmasr.bits(25, 23, "EBS", RO);
    private final Field mmcs = dmasr.bit(27, "MMCS", RO);
    private final Field pmts = dmasr.bit(28, "PMTS", RO);
    private final Field tsts = dmasr.bit(29, "TSTS", RO);

    private final Register dmaomr = register("DMAOMR", 0x18).onWrite(this::operationModeWritten);
    private final Field sr = dmaomr.bit(1, "SR");
    final Field osf = dmaomr.bit(2, "OSF");
    private final Field rtc = dmaomr.bits(4, 3, "RTC");
    final Field fugf = dmaomr.bit(6, "FUGF");
    final Field fef = dmaomr.bit(7, "FEF");
    private final Field st = dmaomr.bit(13, "ST");
    private final Field ttc = dmaomr.bits(16, 14, "TTC");
    private final Field ftf = dmaomr.bit(20, "FTF", W1S);
    final Field tsf = dmaomr.bit(21, "TSF");
    final Field dfrf = dmaomr.bit(24, "DFRF");
    final Field rsf = dmaomr.bit(25, "RSF");
    final Field dtcefd = dmaomr.bit(26, "DTCEFD");

    private final Register dmaier = register("DMAIER", 0x1C).onWrite(this::updateInterrupt);
    private final Field tie = dmaier.bit(0, "TIE");
    private final Field tpsie = dmaier.bit(1, "TPSIE");
    private final Field tbuie = dmaier.bit(2, "TBUIE");
    private final Field tjtie = dmaier.bit(3, "TJTIE");
    private final Field roie = dmaier.bit(4, "ROIE");
    private final Field tuie = dmaier.bit(5, "TUIE");
    private final Field rie = dmaier.bit(6, "RIE");
    private final Field rbuie = dmaier.bit(7, "RBUIE");
    private final Field rpsie = dmaier.bit(8, "RPSIE");
    private final Field rwtie = dmaier.bit(9, "RWTIE");
    private final Field etie = dmaier.bit(10, "ETIE");
    private final Field fbeie = dmaier.bit(13, "FBEIE");
    private final Field erie = dmaier.bit(14, "ERIE");
    private final Field aise = dmaier.bit(15, "AISE");
    private final Field nise = dmaier.bit(16, "NISE");

    private final Register dmamfbocr = register("DMAMFBOCR", 0x20).onRead(this::clearMissed);
    private final Field mfc = dmamfbocr.bits(15, 0, "MFC", RO);
    private final Field omfc = dmamfbocr.bit(16, "OMFC", RO);
    private final Field mfa = dmamfbocr.bits(27, 17, "MFA", RO);
    private final Field ofoc = dmamfbocr.bit(28, "OFOC", RO);
    private final Register dmarswtr = register("DMARSWTR", 0x24);
    private final Field rswtc = dmarswtr.bits(7, 0, "RSWTC");
    private final Register dmachtdr = register("DMACHTDR", 0x48).shows(this::transmitDescriptor);
    private final Field htdap = dmachtdr.bits(31, 0, "HTDAP", RO);
    private final Register dmachrdr = register("DMACHRDR", 0x4C).shows(this::receiveDescriptor);
    private final Field hrdap = dmachrdr.bits(31, 0, "HRDAP", RO);
    private final Register dmachtbar = register("DMACHTBAR", 0x50);
    private final Field htbap = dmachtbar.bits(31, 0, "HTBAP", RO);
    private final Register dmachrbar = register("DMACHRBAR", 0x54);
    private final Field hrbap = dmachrbar.bits(31, 0, "HRBAP", RO);

    /**
     * Not in the manual: where this family of MACs tells what it has. Bit for bit what the manual describes: MII, half duplex, hash
     * and perfect filter, management interface, remote wake-up, magic packet, counters, IEEE 1588-2008, checksums inserted and (type
     * 2) verified, enhanced descriptors. Linux takes the manual's descriptors only if the last of these is told.
     */
    private final Register hardwareFeature = register("HWFEATURE", 0x58, 0x0105_2F35);

    private final Field features = hardwareFeature.bits(31, 0, "FEATURES", RO);

    private final int normalInterrupts = ts.mask() | tbus.mask() | rs.mask() | ers.mask();
    private final int abnormalInterrupts = tpss.mask()
            | tjts.mask()
            | ros.mask()
            | tus.mask()
            | rbus.mask()
            | rpss.mask()
            | rwts.mask()
            | ets.mask()
            | fbes.mask();

    private final EthernetMac mac;
    private final Processes processes;
    private final Clock clock;
    private final ClockDomain hclk;
    private final Event receiveWatchdog;
    private final Line interrupt;
    private long resetEnds;

    /** The two engines and the reset, as the registers command them. */
    interface Processes {
        TransmitProcess transmit();

        ReceiveProcess receive();

        /** DMABMR.SR: resets all blocks, this one included. */
        void softwareReset();
    }

    EthernetDma(
            Processes processes, EthernetMac mac, EventQueue events, Clock clock, ClockDomain hclk, Line interrupt) {
        super("Ethernet_DMA", NarrowWrites.MERGED);
        this.processes = processes;
        this.mac = mac;
        this.clock = clock;
        this.hclk = hclk;
        this.interrupt = interrupt;
        receiveWatchdog = events.event("Ethernet_DMA.receiveWatchdog", this::raiseReceived);
        resetEnds = clock.now() + SOFTWARE_RESET_TIME;
    }

    private int busMode() {
        return dmabmr.get() & ~resetting.mask() | (clock.now() < resetEnds ? resetting.mask() : 0);
    }

    private void busModeWritten(int written) {
        if (resetting.isSetIn(written)) {
            processes.softwareReset();
        }
    }

    /** Octets between the starts of two unchained descriptors. */
    int stride() {
        return (enhanced() ? Descriptor.ENHANCED_SIZE : Descriptor.NORMAL_SIZE) + WORD_SIZE * dsl.get();
    }

    boolean enhanced() {
        return edfe.isSet();
    }

    private void pollTransmit() {
        processes.transmit().poll();
    }

    private void pollReceive() {
        processes.receive().poll();
    }

    private int receiveList() {
        return dmardlar.get() & -WORD_SIZE;
    }

    private void receiveListWritten() {
        processes.receive().list(receiveList());
    }

    private int transmitList() {
        return dmatdlar.get() & -WORD_SIZE;
    }

    private void transmitListWritten() {
        processes.transmit().list(transmitList());
    }

    private int transmitDescriptor() {
        return processes.transmit().descriptorAddress();
    }

    private int receiveDescriptor() {
        return processes.receive().descriptorAddress();
    }

    void transmitBuffer(int address) {
        dmachtbar.set(address);
    }

    void receiveBuffer(int address) {
        dmachrbar.set(address);
    }

    private int status() {
        int value = dmasr.get()
                | processes.receive().state() << rps.lsb()
                | processes.transmit().state() << tps.lsb();
        if (mac.managementCountersInterrupt()) {
            value |= mmcs.mask();
        }
        if (mac.powerManagementInterrupts()) {
            value |= pmts.mask();
        }
        return mac.timeStampInterrupts() ? value | tsts.mask() : value;
    }

    private void operationModeWritten() {
        if (ftf.isSet()) {
            processes.transmit().flush();
            ftf.clear();
        }
        if (st.isSet()) {
            processes.transmit().start();
        } else {
            processes.transmit().stop();
        }
        if (sr.isSet()) {
            processes.receive().start();
        } else {
            processes.receive().stop();
        }
    }

    /** Sets a bit of DMASR. */
    void raise(Field bit) {
        bit.set();
        updateInterrupt();
    }

    /** Sets RS, which ends ERS and the receive watchdog. */
    void raiseReceived() {
        receiveWatchdog.cancel();
        ers.clear();
        raise(rs);
    }

    /** A frame ended in a descriptor with DIC: RS comes when DMARSWTR has run out. */
    void startReceiveWatchdog() {
        if (rswtc.isSet() && !receiveWatchdog.armed()) {
            receiveWatchdog.at(hclk.timeOf(hclk.ticks() + (long) WATCHDOG_UNIT * rswtc.get()));
        }
    }

    /** FBES, with where it came from in EBS. */
    void busError(int source) {
        ebs.set(source);
        raise(fbes);
    }

    void missedForWantOfDescriptor() {
        omfc.is(omfc.isSet() || mfc.get() == 0xFFFF);
        mfc.set(mfc.get() + 1);
    }

    void missedForWantOfRoom() {
        ofoc.is(ofoc.isSet() || mfa.get() == 0x7FF);
        mfa.set(mfa.get() + 1);
        raise(ros);
    }

    private void clearMissed() {
        dmamfbocr.set(0);
    }

    /** Recomputes the summaries, which are sticky, and the request to the NVIC, which is a level. */
    void updateInterrupt() {
        int pending = dmasr.get() & dmaier.get();
        if ((pending & normalInterrupts) != 0) {
            nis.set();
        }
        if ((pending & abnormalInterrupts) != 0) {
            ais.set();
        }
        interrupt.set(nis.isSet() && nise.isSet()
                || ais.isSet() && aise.isSet()
                || mac.managementCountersInterrupt()
                || mac.powerManagementInterrupts()
                || mac.timeStampInterrupts());
    }

    @Override
    protected void resetRest() {
        receiveWatchdog.cancel();
        resetEnds = clock.now() + SOFTWARE_RESET_TIME;
        interrupt.set(false);
    }

    @Override
    protected void saveRest(StateWriter out) {
        out.int64(resetEnds);
    }

    @Override
    protected void loadRest(StateReader in) {
        resetEnds = in.int64();
    }
}
