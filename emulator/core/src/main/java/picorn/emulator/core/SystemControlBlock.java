// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.core.ExceptionNumber.BUS_FAULT;
import static picorn.emulator.core.ExceptionNumber.DEBUG_MONITOR;
import static picorn.emulator.core.ExceptionNumber.MEM_MANAGE;
import static picorn.emulator.core.ExceptionNumber.NMI;
import static picorn.emulator.core.ExceptionNumber.PENDSV;
import static picorn.emulator.core.ExceptionNumber.SVCALL;
import static picorn.emulator.core.ExceptionNumber.SYSTICK;
import static picorn.emulator.core.ExceptionNumber.USAGE_FAULT;
import static picorn.emulator.register.FieldAccess.RO;
import static picorn.emulator.register.FieldAccess.UNIMPLEMENTED;
import static picorn.emulator.register.FieldAccess.W1C;
import static picorn.emulator.register.FieldAccess.WO;

import java.util.List;
import java.util.function.IntPredicate;
import picorn.emulator.register.Field;
import picorn.emulator.register.NarrowWrites;
import picorn.emulator.register.Register;
import picorn.emulator.register.RegisterBlock;

/** The System Control Block (ARMv7-M ARM, B3.2): what software sees and sets of exceptions and faults. */
final class SystemControlBlock extends RegisterBlock {
    /** What the block asks of the core around it. */
    interface Host {
        /** The exception whose handler runs, IPSR. */
        int currentException();

        /** The pending exception that ICSR.VECTPENDING shows. */
        int vectPending();

        /** AIRCR.SYSRESETREQ or VECTRESET was written. */
        void resetRequested();

        /** A register changed that decides what instructions do. */
        void contextChanged();
    }

    private static final int VECTKEY = 0x05FA;
    private static final int VECTKEYSTAT = 0xFA05 << 16;

    private final Exceptions exceptions;
    private final Host host;

    private final Register actlr = register("ACTLR", 0x008);
    private final Field folding = actlr.bit(2, "DISFOLD");
    private final Field interruptibility = actlr.bit(0, "DISMCYCINT");
    /** DISDEFWBUF: stores fault precisely. */
    final Field disableWriteBuffer = actlr.bit(1, "DISDEFWBUF");

    private final Field disfpca = actlr.bits(9, 8, "DISFPCA_DISOOFP", UNIMPLEMENTED);

    /** Cortex-M4 r0p1. */
    private final Register cpuid = register("CPUID", 0xD00, 0x410F_C241);

    private final Register icsr = register("ICSR", 0xD04).shows(this::icsr).onWrite(this::writeIcsr);

    private final Register vtor = register("VTOR", 0xD08);
    private final Field tbloff = vtor.bits(31, 7, "TBLOFF");

    private final Register aircr = register("AIRCR", 0xD0C, VECTKEYSTAT).onWrite(this::writeAircr);
    /** Its writes need the key, so that they are done by hand. */
    private final Field priGroup = aircr.bits(10, 8, "PRIGROUP", RO);

    private final Field vectKey = aircr.bits(31, 16, "VECTKEY", RO);
    private final Field aircrRequests = aircr.bits(2, 0, "SYSRESETREQ_VECTCLRACTIVE_VECTRESET", WO);

    private final Register scr = register("SCR", 0xD10);
    final Field sleepOnExit = scr.bit(1, "SLEEPONEXIT");
    final Field sleepDeep = scr.bit(2, "SLEEPDEEP");
    final Field sevOnPend = scr.bit(4, "SEVONPEND");

    private final Register ccr = register("CCR", 0xD14, 0x200);
    final Field nonBaseThreadEnable = ccr.bit(0, "NONBASETHRDENA");
    final Field userSetMPend = ccr.bit(1, "USERSETMPEND");
    final Field unalignTrap = ccr.bit(3, "UNALIGN_TRP");
    final Field div0Trap = ccr.bit(4, "DIV_0_TRP");
    final Field bfhfnmign = ccr.bit(8, "BFHFNMIGN");
    final Field stkAlign = ccr.bit(9, "STKALIGN");

    private final Register shcsr = register("SHCSR", 0xD24).shows(this::shcsr).onWrite(this::writeShcsr);

    private final Register cfsr = register("CFSR", 0xD28);
    final Field iaccviol = cfsr.bit(0, "IACCVIOL", W1C);
    final Field daccviol = cfsr.bit(1, "DACCVIOL", W1C);
    final Field munstkerr = cfsr.bit(3, "MUNSTKERR", W1C);
    final Field mstkerr = cfsr.bit(4, "MSTKERR", W1C);
    final Field mlsperr = cfsr.bit(5, "MLSPERR", W1C);
    final Field mmarvalid = cfsr.bit(7, "MMARVALID", W1C);
    final Field ibuserr = cfsr.bit(8, "IBUSERR", W1C);
    final Field preciserr = cfsr.bit(9, "PRECISERR", W1C);
    final Field impreciserr = cfsr.bit(10, "IMPRECISERR", W1C);
    final Field unstkerr = cfsr.bit(11, "UNSTKERR", W1C);
    final Field stkerr = cfsr.bit(12, "STKERR", W1C);
    final Field lsperr = cfsr.bit(13, "LSPERR", W1C);
    final Field bfarvalid = cfsr.bit(15, "BFARVALID", W1C);
    final Field undefinstr = cfsr.bit(16, "UNDEFINSTR", W1C);
    final Field invstate = cfsr.bit(17, "INVSTATE", W1C);
    final Field invpc = cfsr.bit(18, "INVPC", W1C);
    final Field nocp = cfsr.bit(19, "NOCP", W1C);
    final Field unaligned = cfsr.bit(24, "UNALIGNED", W1C);
    final Field divbyzero = cfsr.bit(25, "DIVBYZERO", W1C);

    private final Register hfsr = register("HFSR", 0xD2C);
    final Field vecttbl = hfsr.bit(1, "VECTTBL", W1C);
    final Field forced = hfsr.bit(30, "FORCED", W1C);
    final Field debugevt = hfsr.bit(31, "DEBUGEVT", W1C);

    private final Register dfsr = register("DFSR", 0xD30);
    final Field dfsrHalted = dfsr.bit(0, "HALTED", W1C);
    final Field dfsrBkpt = dfsr.bit(1, "BKPT", W1C);
    final Field dfsrDwttrap = dfsr.bit(2, "DWTTRAP", W1C);
    final Field dfsrVcatch = dfsr.bit(3, "VCATCH", W1C);
    final Field dfsrExternal = dfsr.bit(4, "EXTERNAL", W1C);

    private final Register mmfar = register("MMFAR", 0xD34);
    private final Register bfar = register("BFAR", 0xD38);
    private final Register afsr = register("AFSR", 0xD3C);

    SystemControlBlock(Exceptions exceptions, Host host) {
        super("SCB", NarrowWrites.MERGED);
        narrowest(4, 4);
        this.exceptions = exceptions;
        this.host = host;
        cfsr.narrowest(1); // its three parts are registers of their own, B3.2.15
        cpuid.bits(31, 0, "CPUID", RO);
        afsr.bits(31, 0, "IMPDEF", UNIMPLEMENTED);
        ccr.onChange((before, after) -> host.contextChanged());
        for (int i = 0; i < 3; i++) {
            int first = 4 + 4 * i;
            register("SHPR" + (i + 1), 0xD18 + 4 * i)
                    .shows(() -> Nvic.priorities(exceptions, first))
                    .onWrite(value -> Nvic.setPriorities(exceptions, first, value))
                    .narrowest(1);
        }
        declareIdentification();
    }

    /** The identification registers (Cortex-M4 TRM, table 4-1). */
    private void declareIdentification() {
        int[] values = {
            0x30,
            0x200,
            0x0010_0000,
            0,
            0x30,
            0,
            0x0100_0000,
            0,
            0x0110_1110,
            0x0211_2000,
            0x2123_2231,
            0x0111_1131,
            0x0131_0102
        };
        List<String> names = List.of(
                "ID_PFR0",
                "ID_PFR1",
                "ID_DFR0",
                "ID_AFR0",
                "ID_MMFR0",
                "ID_MMFR1",
                "ID_MMFR2",
                "ID_MMFR3",
                "ID_ISAR0",
                "ID_ISAR1",
                "ID_ISAR2",
                "ID_ISAR3",
                "ID_ISAR4");
        for (int i = 0; i < values.length; i++) {
            register(names.get(i), 0xD40 + 4 * i, values[i]).bits(31, 0, "ID", RO);
        }
    }

    /** Address of the vector table. */
    int vectorTable() {
        return vtor.get() & tbloff.mask();
    }

    void memManageAddress(int address) {
        mmfar.set(address);
        mmarvalid.set();
    }

    void busFaultAddress(int address) {
        bfar.set(address);
        bfarvalid.set();
    }

    int cfsr() {
        return cfsr.get();
    }

    int hfsr() {
        return hfsr.get();
    }

    int mmfar() {
        return mmfar.get();
    }

    int bfar() {
        return bfar.get();
    }

    int dfsr() {
        return dfsr.get();
    }

    private int icsr() {
        int current = host.currentException();
        boolean returnsToBase = exceptions.activeCount() - (exceptions.isActive(current) ? 1 : 0) == 0;
        return current
                | (returnsToBase ? 1 << 11 : 0)
                | host.vectPending() << 12
                | (exceptions.interruptPending() ? 1 << 22 : 0)
                | (exceptions.isPending(SYSTICK) ? 1 << 26 : 0)
                | (exceptions.isPending(PENDSV) ? 1 << 28 : 0)
                | (exceptions.isPending(NMI) ? 1 << 31 : 0);
    }

    private void writeIcsr(int value) {
        pendIf(value >>> 31, NMI);
        pendIf(value >>> 28, PENDSV);
        unpendIf(value >>> 27, PENDSV);
        pendIf(value >>> 26, SYSTICK);
        unpendIf(value >>> 25, SYSTICK);
    }

    private void pendIf(int bit, int exception) {
        if ((bit & 1) != 0) {
            exceptions.pend(exception);
        }
    }

    private void unpendIf(int bit, int exception) {
        if ((bit & 1) != 0) {
            exceptions.unpend(exception);
        }
    }

    private void writeAircr(int value) {
        if (value >>> 16 != VECTKEY) {
            return;
        }
        priGroup.set(value >>> 8);
        exceptions.setGroup(priGroup.get());
        if ((value & 5) != 0) {
            host.resetRequested();
        }
    }

    /** A bit of SHCSR and the exception whose state it shows and sets. */
    private record HandlerBit(int bit, int exception) {
        boolean isSetIn(int value) {
            return (value >>> bit & 1) != 0;
        }
    }

    private static final List<HandlerBit> ACTIVE = List.of(
            new HandlerBit(0, MEM_MANAGE),
            new HandlerBit(1, BUS_FAULT),
            new HandlerBit(3, USAGE_FAULT),
            new HandlerBit(7, SVCALL),
            new HandlerBit(8, DEBUG_MONITOR),
            new HandlerBit(10, PENDSV),
            new HandlerBit(11, SYSTICK));
    private static final List<HandlerBit> PENDED = List.of(
            new HandlerBit(12, USAGE_FAULT),
            new HandlerBit(13, MEM_MANAGE),
            new HandlerBit(14, BUS_FAULT),
            new HandlerBit(15, SVCALL));
    private static final List<HandlerBit> ENABLED =
            List.of(new HandlerBit(16, MEM_MANAGE), new HandlerBit(17, BUS_FAULT), new HandlerBit(18, USAGE_FAULT));

    private int shcsr() {
        return gather(ACTIVE, exceptions::isActive)
                | gather(PENDED, exceptions::isPending)
                | gather(ENABLED, exceptions::isEnabled);
    }

    private static int gather(List<HandlerBit> bits, IntPredicate state) {
        int value = 0;
        for (HandlerBit each : bits) {
            value |= state.test(each.exception) ? 1 << each.bit : 0;
        }
        return value;
    }

    private void writeShcsr(int value) {
        ACTIVE.forEach(each -> exceptions.setActive(each.exception, each.isSetIn(value)));
        for (HandlerBit each : PENDED) {
            if (each.isSetIn(value)) {
                exceptions.pend(each.exception);
            } else {
                exceptions.unpend(each.exception);
            }
        }
        for (HandlerBit each : ENABLED) {
            if (each.isSetIn(value)) {
                exceptions.enable(each.exception);
            } else {
                exceptions.disable(each.exception);
            }
        }
    }
}
