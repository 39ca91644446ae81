// SPDX-License-Identifier: MIT
package picorn.stm32f4.rng;

import static picorn.emulator.register.FieldAccess.RO;
import static picorn.emulator.register.FieldAccess.W0C;

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

/** Random number generator (RM0090, chapter 24): a number each 40 periods of its clock, from a seed. Seed errors do not occur. */
public final class Rng extends RegisterBlock {
    private static final int PERIODS = 40;
    /** SplitMix64 (Steele, Lea and Flood, 2014). */
    private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

    private final Register cr = register("CR", 0x00).onWrite(this::control);
    private final Field rngen = cr.bit(2, "RNGEN");
    private final Field ie = cr.bit(3, "IE");

    private final Register sr = register("SR", 0x04).onWrite(this::updateInterrupt);
    private final Field drdy = sr.bit(0, "DRDY", RO);
    private final Field cecs = sr.bit(1, "CECS", RO);
    private final Field secs = sr.bit(2, "SECS", RO);
    private final Field ceis = sr.bit(5, "CEIS", W0C);
    private final Field seis = sr.bit(6, "SEIS", W0C);

    private final Register dr = register("DR", 0x08).onRead(this::taken);
    private final Field rndata = dr.bits(31, 0, "RNDATA", RO);

    private final ClockDomain clock;
    private final Event generated;
    private final Line interrupt;
    private long state;

    /**
     * @param clock PLL48CLK while it is enabled
     * @param seed of its numbers
     * @param interrupt shared with HASH
     */
    public Rng(ClockDomain clock, EventQueue queue, long seed, Line interrupt) {
        super("RNG", NarrowWrites.MERGED);
        narrowest(4, 4); // 24.4
        this.clock = clock;
        this.state = seed;
        this.interrupt = interrupt;
        generated = queue.event("RNG", this::generate);
        clock.onChange(this::control);
    }

    /** Without a clock there is a clock error and no number (24.3.2). */
    private void control() {
        boolean stopped = clock.frequency().isStopped();
        if (rngen.isSet() && stopped && !cecs.isSet()) {
            ceis.set();
        }
        cecs.is(rngen.isSet() && stopped);
        if (!rngen.isSet()) {
            drdy.clear();
            generated.cancel();
        } else if (!drdy.isSet()) {
            generated.at(clock.timeOf(clock.ticks() + PERIODS));
        }
        updateInterrupt();
    }

    private void generate() {
        state += STEP;
        long mixed = (state ^ state >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D0_49BB_1331_11EBL;
        rndata.set((int) (mixed >>> 32));
        drdy.set();
        updateInterrupt();
    }

    private void taken() {
        if (drdy.isSet()) {
            drdy.clear();
            control();
        }
    }

    private void updateInterrupt() {
        interrupt.set(ie.isSet() && (drdy.isSet() || ceis.isSet() || seis.isSet()));
    }

    @Override
    protected void resetRest() {
        generated.cancel();
        updateInterrupt();
    }

    @Override
    protected void saveRest(StateWriter out) {
        out.int64(state);
    }

    @Override
    protected void loadRest(StateReader in) {
        state = in.int64();
    }
}
