// SPDX-License-Identifier: MIT
package picorn.stm32f4.system;

import static picorn.emulator.register.FieldAccess.RW;
import static picorn.emulator.register.FieldAccess.W1C;
import static picorn.emulator.register.FieldAccess.W1S;

import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.signal.Line;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** External interrupt and event controller with 23 lines (RM0090, chapter 12). */
public final class Exti extends RegisterBlock {
    /** Line 16: the output of the programmable voltage detector. */
    public static final int PVD = 16;
    /** Line 17: RTC alarms. */
    public static final int RTC_ALARM = 17;
    /** Line 18: wake-up of USB OTG FS. */
    public static final int OTG_FS_WAKEUP = 18;
    /** Line 19: wake-up of the Ethernet MAC. */
    public static final int ETH_WAKEUP = 19;
    /** Line 20: wake-up of USB OTG HS. */
    public static final int OTG_HS_WAKEUP = 20;
    /** Line 21: RTC tamper and time stamp. */
    public static final int RTC_TAMPER = 21;
    /** Line 22: RTC wake-up. */
    public static final int RTC_WAKEUP = 22;

    private static final int LINES = 23;

    private final Register imr = register("IMR", 0x00).onWrite(this::updateInterrupts);
    private final Register emr = register("EMR", 0x04);
    private final Register rtsr = register("RTSR", 0x08);
    private final Register ftsr = register("FTSR", 0x0C);
    private final Register swier = register("SWIER", 0x10).onChange(this::trigger);
    private final Register pr = register("PR", 0x14).onWrite(this::clearPending);

    private final Interrupt[] interrupts;
    private final Runnable event;
    private int levels;

    /**
     * An interrupt request and the lines that drive it.
     *
     * @param lines a bit for each line
     */
    public record Interrupt(int lines, Line request) {}

    /**
     * @param event wakes the core from WFE
     * @param interrupts who is interrupted by which lines
     */
    public Exti(Runnable event, Interrupt... interrupts) {
        super("EXTI", NarrowWrites.DUPLICATED);
        narrowest(4, 4); // 12.3
        this.event = event;
        this.interrupts = interrupts.clone();
        imr.eachBit(LINES - 1, 0, "MR%d", RW);
        emr.eachBit(LINES - 1, 0, "MR%d", RW);
        rtsr.eachBit(LINES - 1, 0, "TR%d", RW);
        ftsr.eachBit(LINES - 1, 0, "TR%d", RW);
        swier.eachBit(LINES - 1, 0, "SWIER%d", W1S);
        pr.eachBit(LINES - 1, 0, "PR%d", W1C);
    }

    /** Sets the level at the input of {@code line}, 0 to 22; the edge that is selected triggers. */
    public void input(int line, boolean high) {
        int bit = 1 << line;
        int before = levels;
        levels = high ? levels | bit : levels & ~bit;
        int selected = high ? rtsr.get() : ftsr.get();
        if (levels != before && (selected & bit) != 0) {
            fire(bit, bit);
        }
    }

    /** A bit of SWIER that goes from 0 to 1 is an edge of its line; it pends only if unmasked (12.3.5). */
    private void trigger(int before, int after) {
        int triggered = after & ~before;
        fire(triggered & imr.get(), triggered);
    }

    private void fire(int pending, int events) {
        pr.set(pr.get() | pending);
        updateInterrupts();
        if ((events & emr.get()) != 0) {
            event.run();
        }
    }

    /** Clearing a bit of PR clears that of SWIER too (12.3.5). */
    private void clearPending(int written) {
        swier.set(swier.get() & ~written);
        updateInterrupts();
    }

    private void updateInterrupts() {
        int requested = pr.get() & imr.get();
        for (Interrupt interrupt : interrupts) {
            interrupt.request().set((requested & interrupt.lines()) != 0);
        }
    }

    @Override
    protected void resetRest() {
        updateInterrupts();
    }

    @Override
    protected void saveRest(StateWriter out) {
        out.int32(levels);
    }

    @Override
    protected void loadRest(StateReader in) {
        levels = in.int32();
    }
}
