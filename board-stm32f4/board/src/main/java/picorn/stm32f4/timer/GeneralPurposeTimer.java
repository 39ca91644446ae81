// SPDX-License-Identifier: MIT
package picorn.stm32f4.timer;

import static picorn.emulator.register.FieldAccess.UNIMPLEMENTED;
import static picorn.emulator.register.FieldAccess.W0C;
import static picorn.emulator.register.FieldAccess.WO;

import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.signal.Line;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.ClockDomain;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;
import picorn.stm32f4.timer.Counter.Direction;

/**
 * General-purpose timer TIM2 to TIM5 (RM0090, chapter 18): counts its own clock up or down, with update events and compare
 * matches. An event is armed only for what changes a flag or loads a preloaded value, not for each tick or period.
 */
public final class GeneralPurposeTimer extends RegisterBlock {
    private static final int CHANNELS = 4;

    private final Register cr1 = register("CR1", 0x00).onWrite(this::control);
    private final Field cen = cr1.bit(0, "CEN");
    private final Field udis = cr1.bit(1, "UDIS");
    private final Field urs = cr1.bit(2, "URS");
    private final Field opm = cr1.bit(3, "OPM");
    private final Field dir = cr1.bit(4, "DIR");
    private final Field cms = cr1.bits(6, 5, "CMS", UNIMPLEMENTED);
    private final Field arpe = cr1.bit(7, "ARPE");
    private final Field ckd = cr1.bits(9, 8, "CKD");

    private final Register cr2 = register("CR2", 0x04);
    private final Field ccds = cr2.bit(3, "CCDS", UNIMPLEMENTED);
    private final Field mms = cr2.bits(6, 4, "MMS", UNIMPLEMENTED);
    private final Field ti1s = cr2.bit(7, "TI1S", UNIMPLEMENTED);

    private final Register smcr = register("SMCR", 0x08);
    private final Field sms = smcr.bits(2, 0, "SMS", UNIMPLEMENTED);
    private final Field ts = smcr.bits(6, 4, "TS", UNIMPLEMENTED);
    private final Field msm = smcr.bit(7, "MSM", UNIMPLEMENTED);
    private final Field etf = smcr.bits(11, 8, "ETF", UNIMPLEMENTED);
    private final Field etps = smcr.bits(13, 12, "ETPS", UNIMPLEMENTED);
    private final Field ece = smcr.bit(14, "ECE", UNIMPLEMENTED);
    private final Field etp = smcr.bit(15, "ETP", UNIMPLEMENTED);

    private final Register dier = register("DIER", 0x0C).onWrite(this::updateInterrupt);
    private final Field uie = dier.bit(0, "UIE");
    private final Field tie = dier.bit(6, "TIE");
    private final Field ude = dier.bit(8, "UDE", UNIMPLEMENTED);
    private final Field tde = dier.bit(14, "TDE", UNIMPLEMENTED);

    private final Register sr = register("SR", 0x10).onWrite(this::flagsCleared);
    private final Field uif = sr.bit(0, "UIF", W0C);
    private final Field tif = sr.bit(6, "TIF", W0C);

    private final Register egr = register("EGR", 0x14).onWrite(this::generate);
    private final Field ug = egr.bit(0, "UG", WO);
    private final Field tg = egr.bit(6, "TG", WO);

    private final Register ccmr1 = register("CCMR1_Output", 0x18).onWrite(this::preloadsChanged);
    private final Register ccmr1Input = view("CCMR1_Input", ccmr1);
    private final Register ccmr2 = register("CCMR2_Output", 0x1C).onWrite(this::preloadsChanged);
    private final Register ccmr2Input = view("CCMR2_Input", ccmr2);
    private final Register ccer = register("CCER", 0x20);

    private final Register cnt;
    private final Register psc = register("PSC", 0x28).onWrite(this::rearm);
    private final Register arr;
    private final CompareChannel[] channels = new CompareChannel[CHANNELS];

    private final Register dcr = register("DCR", 0x48);
    private final Field dba = dcr.bits(4, 0, "DBA", UNIMPLEMENTED);
    private final Field dbl = dcr.bits(12, 8, "DBL", UNIMPLEMENTED);
    private final Register dmar = register("DMAR", 0x4C);
    private final Field dmab = dmar.bits(15, 0, "DMAB", UNIMPLEMENTED);

    private final Width width;
    private final ClockDomain clock;
    private final Counter counter;
    private final Event event;
    private final Line interrupt;

    /** How far a timer counts. */
    public enum Width {
        /** TIM3 and TIM4. */
        BITS_16(0xFFFF),
        /** TIM2 and TIM5. */
        BITS_32(0xFFFF_FFFF);

        private final int mask;

        Width(int mask) {
            this.mask = mask;
        }
    }

    /**
     * @param name such as "TIM2"
     * @param clock the timer clock of its bus while it is enabled
     * @param interrupt global interrupt
     */
    public GeneralPurposeTimer(String name, Width width, ClockDomain clock, EventQueue queue, Line interrupt) {
        super(name, NarrowWrites.DUPLICATED);
        narrowest(1, 2); // 18.4
        this.width = width;
        this.clock = clock;
        this.interrupt = interrupt;
        counter = new Counter(Integer.toUnsignedLong(width.mask));
        cnt = wide("CNT", 0x24, 0).shows(this::count).onWrite(this::writeCount);
        psc.bits(15, 0, "PSC");
        arr = wide("ARR", 0x2C, width.mask).onWrite(this::writeReload);
        for (int n = 1; n <= CHANNELS; n++) {
            channels[n - 1] = declareChannel(n);
        }
        declareRemapping();
        event = queue.event(name, this::catchUp);
        clock.onChange(this::rearm);
    }

    private Register wide(String registerName, int offset, int reset) {
        Register register = register(registerName, offset, reset).narrowestWrite(width == Width.BITS_32 ? 4 : 2);
        register.bits(width == Width.BITS_32 ? 31 : 15, 0, registerName);
        return register;
    }

    private CompareChannel declareChannel(int n) {
        Register mode = n <= 2 ? ccmr1 : ccmr2;
        int lsb = n % 2 == 1 ? 0 : 8;
        final Field selection = mode.bits(lsb + 1, lsb, "CC" + n + "S", UNIMPLEMENTED);
        mode.bit(lsb + 2, "OC" + n + "FE", UNIMPLEMENTED);
        final Field preload = mode.bit(lsb + 3, "OC" + n + "PE");
        mode.bits(lsb + 6, lsb + 4, "OC" + n + "M", UNIMPLEMENTED);
        mode.bit(lsb + 7, "OC" + n + "CE", UNIMPLEMENTED);
        Register input = n <= 2 ? ccmr1Input : ccmr2Input;
        input.bits(lsb + 1, lsb, "CC" + n + "S");
        input.bits(lsb + 3, lsb + 2, "IC" + n + "PSC");
        input.bits(lsb + 7, lsb + 4, "IC" + n + "F");
        ccer.bit(4 * n - 4, "CC" + n + "E", UNIMPLEMENTED);
        ccer.bit(4 * n - 3, "CC" + n + "P", UNIMPLEMENTED);
        ccer.bit(4 * n - 1, "CC" + n + "NP", UNIMPLEMENTED);
        dier.bit(n, "CC" + n + "IE");
        dier.bit(8 + n, "CC" + n + "DE", UNIMPLEMENTED);
        egr.bit(n, "CC" + n + "G", WO);
        final Field matched = sr.bit(n, "CC" + n + "IF", W0C);
        sr.bit(8 + n, "CC" + n + "OF", W0C);
        Register ccr = wide("CCR" + n, 0x30 + 4 * n, 0).onWrite(this::preloadsChanged);
        return new CompareChannel(ccr, selection, preload, matched);
    }

    /** The option registers (18.4.19, 18.4.20) say where a trigger input comes from. */
    private void declareRemapping() {
        switch (name()) {
            case "TIM2" -> register("OR", 0x50).bits(11, 10, "ITR1_RMP", UNIMPLEMENTED);
            case "TIM5" -> register("OR", 0x50).bits(7, 6, "TI4_RMP", UNIMPLEMENTED);
            default -> {}
        }
    }

    private int count() {
        return (int) counter.at(clock.ticks());
    }

    private void writeCount(int value) {
        counter.set(clock.ticks(), Integer.toUnsignedLong(value & width.mask));
        rearm();
    }

    private void control() {
        long now = clock.ticks();
        counter.direction(now, dir.isSet() ? Direction.DOWN : Direction.UP);
        if (cen.isSet() && !counter.isRunning()) {
            counter.start(now);
        } else if (!cen.isSet() && counter.isRunning()) {
            counter.stop(now);
        }
        writeReload();
    }

    /** Without ARPE the new auto-reload value counts at once. */
    private void writeReload() {
        if (!arpe.isSet()) {
            counter.reload(clock.ticks(), unsigned(arr));
        }
        rearm();
    }

    private void preloadsChanged() {
        for (CompareChannel channel : channels) {
            channel.written();
        }
        rearm();
    }

    private static long unsigned(Register register) {
        return Integer.toUnsignedLong(register.get());
    }

    private void flagsCleared() {
        updateInterrupt();
        rearm();
    }

    /** EGR: CC1G to CC4G and TG stand where their flags do in SR. */
    private void generate(int written) {
        for (CompareChannel channel : channels) {
            if ((written & channel.flag()) != 0 && channel.isOutput()) {
                channel.match();
            }
        }
        if (tg.isSetIn(written)) {
            tif.set();
        }
        if (ug.isSetIn(written)) {
            updateBySoftware();
        }
        updateInterrupt();
        rearm();
    }

    private void updateBySoftware() {
        long now = clock.ticks();
        counter.advance(now);
        if (!udis.isSet()) {
            load(now);
            if (!urs.isSet()) {
                uif.set();
            }
        }
        counter.restart(now);
    }

    /** What an update event loads from the preload registers. */
    private void load(long tick) {
        counter.divisor(tick, unsigned(psc) + 1);
        counter.reload(tick, unsigned(arr));
        for (CompareChannel channel : channels) {
            channel.load();
        }
    }

    private void catchUp() {
        long now = clock.ticks();
        for (long tick = nextEffect(); tick <= now; tick = nextEffect()) {
            happen(tick);
        }
        updateInterrupt();
        rearm();
    }

    /** Overflow, underflow and matches at {@code tick}. */
    private void happen(long tick) {
        boolean updates = updateMatters() && counter.nextUpdate() == tick;
        for (CompareChannel channel : channels) {
            if (channel.waitsForMatch() && counter.nextMatch(channel.value()) == tick) {
                channel.match();
            }
        }
        counter.advance(tick);
        if (updates) {
            update(tick);
        }
    }

    private void update(long tick) {
        uif.set();
        load(tick);
        if (counter.direction() == Direction.DOWN) {
            counter.set(tick, counter.reload());
        }
        if (opm.isSet()) {
            cen.clear();
            counter.stop(tick);
        }
    }

    /** The next tick at which something changes beside the count. */
    private long nextEffect() {
        long next = updateMatters() ? counter.nextUpdate() : Counter.NEVER;
        for (CompareChannel channel : channels) {
            if (channel.waitsForMatch()) {
                next = Math.min(next, counter.nextMatch(channel.value()));
            }
        }
        return next;
    }

    private boolean updateMatters() {
        return !udis.isSet() && (!uif.isSet() || opm.isSet() || preloadsDiffer());
    }

    private boolean preloadsDiffer() {
        boolean differ = counter.divisor() != unsigned(psc) + 1 || counter.reload() != unsigned(arr);
        for (CompareChannel channel : channels) {
            differ |= channel.waitsForLoad();
        }
        return differ;
    }

    private void rearm() {
        counter.advance(clock.ticks());
        long next = nextEffect();
        event.at(next == Counter.NEVER ? EventQueue.NEVER : clock.timeOf(next));
    }

    private void updateInterrupt() {
        interrupt.set((sr.get() & dier.get() & 0x5F) != 0);
    }

    @Override
    protected void resetRest() {
        counter.reset();
        for (CompareChannel channel : channels) {
            channel.reset();
        }
        event.cancel();
        updateInterrupt();
    }

    @Override
    protected void saveRest(StateWriter out) {
        counter.save(out);
        for (CompareChannel channel : channels) {
            channel.save(out);
        }
    }

    @Override
    protected void loadRest(StateReader in) {
        counter.load(in);
        for (CompareChannel channel : channels) {
            channel.load(in);
        }
    }
}
