// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.register.FieldAccess.RO;
import static picorn.emulator.register.FieldAccess.UNIMPLEMENTED;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** The Data Watchpoint and Trace unit (ARMv7-M ARM, C1.8): its cycle counter; comparators are not modelled. */
final class Dwt extends RegisterBlock {
    private static final int FOUR_COMPARATORS = 4 << 28;

    private final BooleanSupplier powered;
    private final LongSupplier cycles;

    private final Register ctrl = register("DWT_CTRL", 0x000, FOUR_COMPARATORS);
    private final Field cyccntena = ctrl.bit(0, "CYCCNTENA");
    private final Field others = ctrl.bits(22, 1, "EVENTS", UNIMPLEMENTED);
    private final Field numcomp = ctrl.bits(31, 28, "NUMCOMP", RO);
    private final Register cyccnt = register("DWT_CYCCNT", 0x004);

    /** The counter is the core's cycles less this while it counts. */
    private long offset;

    private boolean counting;

    /**
     * Counts {@code cycles}, which stand still in sleep, as the part's do.
     *
     * @param powered DEMCR.TRCENA
     */
    Dwt(BooleanSupplier powered, LongSupplier cycles) {
        super("DWT", NarrowWrites.MERGED);
        narrowest(4, 4);
        this.powered = powered;
        this.cycles = cycles;
        cyccnt.shows(this::count).onWrite(this::countFrom);
        ctrl.onChange((before, after) -> update());
    }

    private int count() {
        return counting ? (int) (cycles.getAsLong() - offset) : cyccnt.get();
    }

    private void countFrom(int value) {
        offset = cycles.getAsLong() - value;
    }

    /** CYCCNTENA or TRCENA may have changed. */
    void update() {
        boolean counts = powered.getAsBoolean() && cyccntena.isSet();
        if (counts && !counting) {
            countFrom(cyccnt.get());
        } else if (counting && !counts) {
            cyccnt.set(count());
        }
        counting = counts;
    }

    @Override
    protected void resetRest() {
        counting = false;
    }

    @Override
    protected void saveRest(StateWriter out) {
        out.int64(offset);
        out.flag(counting);
    }

    @Override
    protected void loadRest(StateReader in) {
        offset = in.int64();
        counting = in.flag();
    }
}
