// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.core.ExceptionNumber.BUS_FAULT;
import static picorn.emulator.core.ExceptionNumber.DEBUG_MONITOR;
import static picorn.emulator.core.ExceptionNumber.MEM_MANAGE;
import static picorn.emulator.register.FieldAccess.RO;

import picorn.emulator.cpu.Context;
import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;
import picorn.emulator.state.StateReader;
import picorn.emulator.state.StateWriter;

/** The system registers of the FPv4-SP extension (ARMv7-M ARM, B3.2.20 to B3.2.24). */
final class FloatingPointUnit extends RegisterBlock {
    private final Exceptions exceptions;
    private final DebugControl debug;

    private final Register cpacr = register("CPACR", 0xD88);
    private final Field cp10 = cpacr.bits(21, 20, "CP10");
    private final Field cp11 = cpacr.bits(23, 22, "CP11");

    private final Register fpccr = register("FPCCR", 0xF34, 0xC000_0000);
    final Field lspact = fpccr.bit(0, "LSPACT");
    final Field user = fpccr.bit(1, "USER");
    private final Field thread = fpccr.bit(3, "THREAD");
    final Field hfrdy = fpccr.bit(4, "HFRDY");
    private final Field mmrdy = fpccr.bit(5, "MMRDY");
    private final Field bfrdy = fpccr.bit(6, "BFRDY");
    private final Field monrdy = fpccr.bit(8, "MONRDY");
    final Field lspen = fpccr.bit(30, "LSPEN");
    final Field aspen = fpccr.bit(31, "ASPEN");

    private final Register fpcar = register("FPCAR", 0xF38);
    private final Field address = fpcar.bits(31, 3, "ADDRESS");

    private final Register fpdscr = register("FPDSCR", 0xF3C);
    private final Field defaults = fpdscr.bits(26, 22, "AHP_DN_FZ_RMODE");
    private boolean defaultsChanged;

    FloatingPointUnit(Exceptions exceptions, DebugControl debug, Runnable contextChanged) {
        super("FPU", NarrowWrites.MERGED);
        narrowest(4, 4);
        this.exceptions = exceptions;
        this.debug = debug;
        cpacr.onChange((before, after) -> contextChanged.run());
        fpccr.onChange((before, after) -> {
            defaultsChanged |= aspen.isSetIn(after) && !aspen.isSetIn(before);
            contextChanged.run();
        });
        fpdscr.onChange((before, after) -> {
            defaultsChanged = true;
            contextChanged.run();
        });
        register("MVFR0", 0xF40, 0x1011_0021).bits(31, 0, "MVFR0", RO);
        register("MVFR1", 0xF44, 0x1100_0011).bits(31, 0, "MVFR1", RO);
    }

    /** What {@code fpscr} becomes when a new floating-point context begins. */
    int withDefaults(int fpscr) {
        return fpscr & ~defaults.mask() | fpdscr.get() & defaults.mask();
    }

    /** Whether FPDSCR has been written, or ASPEN set so that it counts, since this was asked last. */
    boolean takeDefaultsChanged() {
        boolean changed = defaultsChanged;
        defaultsChanged = false;
        return changed;
    }

    /** Where the registers of the interrupted context are to be saved. */
    int savedAt() {
        return fpcar.get() & address.mask();
    }

    /**
     * UpdateFPCCR(): the state in the registers belongs to {@code savedAt}.
     *
     * @param running the priority of the context that it is of, which settles what saving it may raise
     */
    void defer(int savedAt, boolean ofThread, boolean privileged, int running) {
        fpcar.set(savedAt);
        lspact.set();
        user.is(!privileged);
        thread.is(ofThread);
        hfrdy.is(running > -1);
        mmrdy.is(exceptions.canPreempt(MEM_MANAGE, running));
        bfrdy.is(exceptions.canPreempt(BUS_FAULT, running));
        monrdy.is(debug.monEn.isSet() && exceptions.canPreempt(DEBUG_MONITOR, running));
    }

    /** Whether this fault of saving lazily may be pended. */
    boolean isReadyFor(int fault) {
        return fault == MEM_MANAGE ? mmrdy.isSet() : bfrdy.isSet();
    }

    Context.Fp context() {
        if (!grants(true)) {
            return Context.Fp.DENIED;
        }
        if (lspact.isSet()) {
            return Context.Fp.LAZY;
        }
        return grants(false) ? Context.Fp.ENABLED : Context.Fp.PRIVILEGED;
    }

    /** Whether CPACR lets code of this privilege use the FPU. */
    boolean grants(boolean privileged) {
        return cp10.get() == cp11.get() && (cp10.get() == 3 || cp10.get() == 1 && privileged);
    }

    @Override
    protected void resetRest() {
        defaultsChanged = false;
    }

    @Override
    protected void saveRest(StateWriter out) {
        out.flag(defaultsChanged);
    }

    @Override
    protected void loadRest(StateReader in) {
        defaultsChanged = in.flag();
    }
}
