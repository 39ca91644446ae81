// SPDX-License-Identifier: MIT
package picorn.stm32f4.ethernet;

import static picorn.emulator.register.FieldAccess.RO;
import static picorn.emulator.register.FieldAccess.UNIMPLEMENTED;
import static picorn.emulator.register.FieldAccess.W1S;

import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.ClockDomain;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;

/**
 * The system time of IEEE 1588 (RM0090, 33.5.9 and 33.8.3): counts HCLK in coarse or fine mode, and stamps every frame that asks for
 * it. Frames are not searched for PTP messages.
 */
public final class PtpClock extends RegisterBlock {
    private final Register ptptscr = register("PTPTSCR", 0x00, 0x0000_2000).onWrite(this::control);
    private final Field tse = ptptscr.bit(0, "TSE");
    private final Field tsfcu = ptptscr.bit(1, "TSFCU");
    private final Field tssti = ptptscr.bit(2, "TSSTI", W1S);
    private final Field tsstu = ptptscr.bit(3, "TSSTU", W1S);
    private final Field tsite = ptptscr.bit(4, "TSITE", W1S);
    private final Field ttsaru = ptptscr.bit(5, "TTSARU", W1S);
    private final Field tssarfe = ptptscr.bit(8, "TSSARFE");
    private final Field tsssr = ptptscr.bit(9, "TSSSR");
    private final Field tsptppsv2e = ptptscr.bit(10, "TSPTPPSV2E", UNIMPLEMENTED);
    private final Field tssptpoefe = ptptscr.bit(11, "TSSPTPOEFE", UNIMPLEMENTED);
    private final Field tssipv6fe = ptptscr.bit(12, "TSSIPV6FE", UNIMPLEMENTED);
    private final Field tssipv4fe = ptptscr.bit(13, "TSSIPV4FE");
    private final Field tsseme = ptptscr.bit(14, "TSSEME", UNIMPLEMENTED);
    private final Field tssmrme = ptptscr.bit(15, "TSSMRME", UNIMPLEMENTED);
    private final Field tscnt = ptptscr.bits(17, 16, "TSCNT", UNIMPLEMENTED);
    private final Field tspffmae = ptptscr.bit(18, "TSPFFMAE", UNIMPLEMENTED);

    private final Register ptpssir = register("PTPSSIR", 0x04).onWrite(this::rateChanged);
    private final Field stssi = ptpssir.bits(7, 0, "STSSI");
    private final Register ptptshr = register("PTPTSHR", 0x08).shows(this::seconds);
    private final Field sts = ptptshr.bits(31, 0, "STS", RO);
    private final Register ptptslr = register("PTPTSLR", 0x0C).shows(this::subseconds);
    private final Field stss = ptptslr.bits(30, 0, "STSS", RO);
    private final Field stpns = ptptslr.bit(31, "STPNS", RO);
    private final Register ptptshur = register("PTPTSHUR", 0x10);
    private final Field tsus = ptptshur.bits(31, 0, "TSUS");
    private final Register ptptslur = register("PTPTSLUR", 0x14);
    private final Field tsuss = ptptslur.bits(30, 0, "TSUSS");
    private final Field tsupns = ptptslur.bit(31, "TSUPNS");
    private final Register ptptsar = register("PTPTSAR", 0x18);
    private final Field tsa = ptptsar.bits(31, 0, "TSA");
    private final Register ptptthr = register("PTPTTHR", 0x1C).onWrite(this::schedule);
    private final Field ttsh = ptptthr.bits(31, 0, "TTSH");
    private final Register ptpttlr = register("PTPTTLR", 0x20).onWrite(this::schedule);
    private final Field ttsl = ptpttlr.bits(31, 0, "TTSL");
    private final Register ptptssr = register("PTPTSSR", 0x28).onRead(this::statusRead);
    private final Field tsso = ptptssr.bit(0, "TSSO", RO);
    private final Field tsttr = ptptssr.bit(1, "TSTTR", RO);
    private final Register ptpppscr = register("PTPPPSCR", 0x2C);
    private final Field ppsfreq = ptpppscr.bits(3, 0, "PPSFREQ", UNIMPLEMENTED);

    private final ClockDomain hclk;
    private final Event target;
    private final Runnable interruptChanged;
    private final SystemTime time = new SystemTime();

    PtpClock(ClockDomain hclk, EventQueue events, Runnable interruptChanged) {
        super("Ethernet_PTP", NarrowWrites.MERGED);
        this.hclk = hclk;
        this.interruptChanged = interruptChanged;
        target = events.event("Ethernet_PTP.target", this::reachTarget);
        hclk.onChange(this::schedule);
    }

    private void control(int written) {
        time.settle(hclk.ticks());
        if (ttsaru.isSetIn(written)) {
            time.addend(ptptsar.get());
        }
        if (tssti.isSetIn(written)) {
            time.initialize(ptptshur.get(), tsuss.get());
        } else if (tsstu.isSetIn(written)) {
            time.adjust(ptptshur.get(), tsuss.get(), tsupns.isSet());
        }
        tssti.clear();
        tsstu.clear();
        ttsaru.clear();
        setMode();
        schedule();
    }

    private void rateChanged() {
        time.settle(hclk.ticks());
        setMode();
        schedule();
    }

    private void setMode() {
        time.mode(tse.isSet(), tsfcu.isSet(), tsssr.isSet(), stssi.get());
    }

    /** Seconds of the system time now: PTPTSHR. */
    int seconds() {
        return time.secondsAt(hclk.ticks());
    }

    /** Subseconds of the system time now, in units of 1 ns or 2^-31 s: PTPTSLR. */
    int subseconds() {
        return time.subsecondsAt(hclk.ticks());
    }

    boolean enabled() {
        return tse.isSet();
    }

    boolean stampsReceived() {
        return tse.isSet() && tssarfe.isSet();
    }

    /** Whether an event of PTPTSSR has happened that was not read. */
    boolean triggered() {
        return ptptssr.get() != 0;
    }

    private void statusRead() {
        ptptssr.set(0);
        interruptChanged.run();
    }

    private void schedule() {
        time.settle(hclk.ticks());
        boolean armed = tse.isSet() && tsite.isSet();
        long tick = armed ? time.tickOf(ptptthr.get(), ptpttlr.get()) : SystemTime.NEVER;
        target.at(tick == SystemTime.NEVER ? EventQueue.NEVER : hclk.timeOf(tick));
    }

    private void reachTarget() {
        if (!time.reached(ptptthr.get(), ptpttlr.get(), hclk.ticks())) {
            schedule();
            return;
        }
        tsite.clear();
        tsttr.set();
        interruptChanged.run();
    }

    @Override
    protected void resetRest() {
        target.cancel();
        time.reset(hclk.ticks());
    }

    @Override
    protected void saveRest(StateWriter out) {
        time.save(out);
    }

    @Override
    protected void loadRest(StateReader in) {
        time.load(in);
    }
}
