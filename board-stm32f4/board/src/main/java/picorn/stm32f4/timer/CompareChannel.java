// SPDX-License-Identifier: MIT
package picorn.stm32f4.timer;

import picorn.emulator.register.Field;
import picorn.emulator.register.Register;
import picorn.emulator.state.Saved;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** A compare channel of a timer (RM0090, 18.3.8): its preload register, and the value in use. */
final class CompareChannel implements Saved {
    private final Register ccr;
    private final Field selection;
    private final Field preload;
    private final Field matched;
    private long value;

    /**
     * @param selection CCxS: 0 makes it an output
     * @param preload OCxPE
     * @param matched CCxIF
     */
    CompareChannel(Register ccr, Field selection, Field preload, Field matched) {
        this.ccr = ccr;
        this.selection = selection;
        this.preload = preload;
        this.matched = matched;
    }

    private long preloaded() {
        return Integer.toUnsignedLong(ccr.get());
    }

    /** The compare value in use. */
    long value() {
        return value;
    }

    boolean isOutput() {
        return !selection.isSet();
    }

    boolean waitsForMatch() {
        return isOutput() && !matched.isSet();
    }

    /** The bit of CCxIF in SR, and of CCxG in EGR. */
    int flag() {
        return matched.mask();
    }

    void match() {
        matched.set();
    }

    /** Without OCxPE a new value counts at once. */
    void written() {
        if (!preload.isSet()) {
            load();
        }
    }

    /** An update event: the preloaded value counts from now on. */
    void load() {
        value = preloaded();
    }

    boolean waitsForLoad() {
        return value != preloaded();
    }

    void reset() {
        value = 0;
    }

    @Override
    public void save(StateWriter out) {
        out.int64(value);
    }

    @Override
    public void load(StateReader in) {
        value = in.int64();
    }
}
