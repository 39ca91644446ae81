// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.register.FieldAccess.RO;

import picorn.emulator.cpu.Context;
import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;

/** The system registers of the FPv4-SP extension (ARMv7-M ARM, B3.2.20 to B3.2.24). */
final class FloatingPointUnit extends RegisterBlock {
    private final Register cpacr = register("CPACR", 0xD88);
    private final Field cp10 = cpacr.bits(21, 20, "CP10");
    private final Field cp11 = cpacr.bits(23, 22, "CP11");

    private final Register fpccr = register("FPCCR", 0xF34, 0xC000_0000);
    final Field lspact = fpccr.bit(0, "LSPACT");
    final Field user = fpccr.bit(1, "USER");
    final Field thread = fpccr.bit(3, "THREAD");
    final Field hfrdy = fpccr.bit(4, "HFRDY");
    final Field mmrdy = fpccr.bit(5, "MMRDY");
    final Field bfrdy = fpccr.bit(6, "BFRDY");
    final Field monrdy = fpccr.bit(8, "MONRDY");
    final Field lspen = fpccr.bit(30, "LSPEN");
    final Field aspen = fpccr.bit(31, "ASPEN");

    private final Register fpcar = register("FPCAR", 0xF38);
    private final Field address = fpcar.bits(31, 3, "ADDRESS");

    private final Register fpdscr = register("FPDSCR", 0xF3C);
    private final Field defaults = fpdscr.bits(26, 22, "AHP_DN_FZ_RMODE");

    FloatingPointUnit(Runnable contextChanged) {
        super("FPU", NarrowWrites.MERGED);
        cpacr.onChange((before, after) -> contextChanged.run());
        fpccr.onChange((before, after) -> contextChanged.run());
        register("MVFR0", 0xF40, 0x1011_0021).bits(31, 0, "MVFR0", RO);
        register("MVFR1", 0xF44, 0x1100_0011).bits(31, 0, "MVFR1", RO);
    }

    /** What FPSCR starts from in a new floating-point context. */
    int defaultFpscr() {
        return fpdscr.get() & defaults.mask();
    }

    /** Where the registers of the interrupted context are to be saved. */
    int savedAt() {
        return fpcar.get() & address.mask();
    }

    void saveAt(int frame) {
        fpcar.set(frame);
    }

    Context.Fp context() {
        int granted = cp10.get() == cp11.get() ? cp10.get() : 0;
        if (granted == 0) {
            return Context.Fp.DENIED;
        }
        if (lspact.isSet()) {
            return Context.Fp.LAZY;
        }
        return granted == 3 ? Context.Fp.ENABLED : Context.Fp.PRIVILEGED;
    }

    /** Whether CPACR lets code of this privilege use the FPU. */
    boolean grants(boolean privileged) {
        return cp10.get() == cp11.get() && (cp10.get() == 3 || cp10.get() == 1 && privileged);
    }
}
