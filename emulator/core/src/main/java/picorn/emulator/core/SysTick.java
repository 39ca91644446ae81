// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.core.ExceptionNumber.SYSTICK;
import static picorn.emulator.register.FieldAccess.RO;

import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;
import picorn.emulator.time.ClockDomain;
import picorn.emulator.time.Event;
import picorn.emulator.time.EventQueue;

/** The system timer (ARMv7-M ARM, B3.3): counts down from SYST_RVR, computed from its clock's ticks, one event a wrap. */
final class SysTick extends RegisterBlock {
    private static final int COUNTER_MASK = 0xFF_FFFF;

    private final Exceptions exceptions;
    private final ClockDomain processorClock;
    private final ClockDomain externalClock;
    private final Event zero;

    private final Register csr = register("SYST_CSR", 0x010).onRead(this::clearCountFlag);
    private final Field enable = csr.bit(0, "ENABLE");
    private final Field tickInt = csr.bit(1, "TICKINT");
    private final Field clkSource = csr.bit(2, "CLKSOURCE");
    private final Field countFlag = csr.bit(16, "COUNTFLAG", RO);
    private final Register rvr = register("SYST_RVR", 0x014);
    private final Field reload = rvr.bits(23, 0, "RELOAD");
    private final Register cvr =
            register("SYST_CVR", 0x018).shows(this::counter).onWrite(this::clearCounter);
    /** NOREF and SKEW clear; TENMS is the chip's. */
    private final Register calib = register("SYST_CALIB", 0x01C);

    /** At tick {@link #since} of the clock in use the counter was {@link #from}. */
    private long since;

    private int from;

    SysTick(
            Exceptions exceptions,
            ClockDomain processorClock,
            ClockDomain externalClock,
            int tenMilliseconds,
            EventQueue events) {
        super("SYST", NarrowWrites.MERGED);
        narrowest(4, 4);
        this.exceptions = exceptions;
        this.processorClock = processorClock;
        this.externalClock = externalClock;
        calib.bits(23, 0, "TENMS", RO);
        calib.shows(() -> tenMilliseconds);
        zero = events.event("SysTick", this::reachedZero);
        csr.onChange(this::controlChanged);
        rvr.onChange((before, after) -> hold(counterWith(before & COUNTER_MASK)));
        processorClock.onChange(this::arm);
        externalClock.onChange(this::arm);
    }

    private ClockDomain clock() {
        return clockFor(csr.get());
    }

    private ClockDomain clockFor(int control) {
        return clkSource.isSetIn(control) ? processorClock : externalClock;
    }

    private void controlChanged(int before, int after) {
        if (enable.isSetIn(before)) {
            from = counterAt(clockFor(before).ticks(), reload.get());
        }
        since = clock().ticks();
        arm();
    }

    private int counter() {
        return counterWith(reload.get());
    }

    private int counterWith(int period) {
        return enable.isSet() ? counterAt(clock().ticks(), period) : from;
    }

    private int counterAt(long tick, int period) {
        long passed = tick - since;
        if (passed <= from) {
            return (int) (from - passed);
        }
        return period == 0 ? 0 : (int) (period - (passed - from - 1) % (period + 1L));
    }

    /** Goes on counting from {@code value} now. */
    private void hold(int value) {
        from = value;
        since = clock().ticks();
        arm();
    }

    private void clearCounter() {
        countFlag.clear();
        hold(0);
    }

    private void clearCountFlag() {
        countFlag.clear();
    }

    private void arm() {
        boolean stopped = !enable.isSet() || from == 0 && reload.get() == 0;
        zero.at(stopped ? EventQueue.NEVER : clock().timeOf(nextZero()));
    }

    private long nextZero() {
        return since + (from == 0 ? reload.get() + 1L : from);
    }

    private void reachedZero() {
        since = nextZero();
        from = 0;
        countFlag.set();
        if (tickInt.isSet()) {
            exceptions.pend(SYSTICK);
        }
        arm();
    }

    @Override
    protected void resetRest() {
        from = 0;
        since = 0;
        zero.cancel();
    }

    @Override
    protected void saveRest(StateWriter out) {
        out.int64(since);
        out.int32(from);
    }

    @Override
    protected void loadRest(StateReader in) {
        since = in.int64();
        from = in.int32();
    }
}
