// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import picorn.emulator.bus.Bus;
import picorn.emulator.cpu.Context;
import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Protection;

/**
 * Tells engine and bus what system registers make of instructions: CPACR, FPCCR.LSPACT and ASPEN, the traps of CCR, and the MPU, which is off
 * below priority 0 unless MPU_CTRL.HFNMIENA is set (ARMv7-M ARM, B3.5.4). Changes take effect at the next instruction.
 */
final class EngineContext {
    private final CpuEngine engine;
    private final Bus bus;
    private final CoreBus coreBus;
    private final SystemControlBlock scb;
    private final Mpu mpu;
    private final FloatingPointUnit fpu;
    private final Exceptions exceptions;
    private final ExecutionPriority priority;
    /** The last context with each state of the FPU, so that switching between them allocates nothing. */
    private final Context[] known = new Context[Context.Fp.values().length];

    private Context told = Context.RESET;
    private boolean stale = true;

    EngineContext(
            CpuEngine engine,
            Bus bus,
            CoreBus coreBus,
            SystemControlBlock scb,
            Mpu mpu,
            FloatingPointUnit fpu,
            Exceptions exceptions,
            ExecutionPriority priority) {
        this.engine = engine;
        this.bus = bus;
        this.coreBus = coreBus;
        this.scb = scb;
        this.mpu = mpu;
        this.fpu = fpu;
        this.exceptions = exceptions;
        this.priority = priority;
    }

    /** Something that it depends on may have changed. */
    void changed() {
        stale = true;
        engine.stopBy(engine.cycles());
    }

    /** Between runs: an exception was entered or left, which matters to an MPU that depends on priority, and to LSPACT. */
    void modeChanged() {
        boolean toldLazy = told != null && told.fp() == Context.Fp.LAZY;
        stale |= mpu.dependsOnPriority() || fpu.lspact.isSet() != toldLazy;
    }

    /** Whatever was told before is forgotten. */
    void tellAnew() {
        told = null;
        stale = true;
    }

    /** Between runs: tells what has changed. */
    void refresh() {
        if (!stale) {
            return;
        }
        stale = false;
        Context now = now();
        if (now != told) {
            tell(now);
        }
    }

    private void tell(Context now) {
        boolean mapChanges = told == null || isDefaultMap(now) != isDefaultMap(told);
        told = now;
        coreBus.protection(now.protection());
        engine.context(now);
        if (mapChanges) {
            // with the MPU on it is the protection that knows of execute-never, address by address
            bus.executable(isDefaultMap(now) ? DefaultMemoryMap::executable : address -> true);
        }
    }

    private static boolean isDefaultMap(Context context) {
        return context.protection() == Protection.NONE;
    }

    private Context now() {
        Context.Fp fp = fpu.context();
        Context before = known[fp.ordinal()];
        boolean divideByZeroTraps = scb.div0Trap.isSet();
        boolean unalignedTraps = scb.unalignTrap.isSet();
        Protection protection = protection();
        if (before == null
                || before.fpBeginsContext() != fpu.aspen.isSet()
                || before.divideByZeroTraps() != divideByZeroTraps
                || before.unalignedTraps() != unalignedTraps
                || before.protection() != protection) {
            known[fp.ordinal()] = new Context(fp, fpu.aspen.isSet(), divideByZeroTraps, unalignedTraps, protection);
        }
        return known[fp.ordinal()];
    }

    private Protection protection() {
        return mpu.protectionAt(mpu.dependsOnPriority() ? priority.current() : ExecutionPriority.THREAD);
    }

    /** Whether the MPU judged by a FAULTMASK that has changed since: nothing tells when software sets it. */
    boolean protectionIsOutdated() {
        return protection() != coreBus.protection();
    }

    /** Whether FAULTMASK alone keeps the MPU off, so that its clearing must be seen. */
    boolean waitsForFaultmask() {
        return mpu.dependsOnPriority() && coreBus.protection() == Protection.NONE && exceptions.activePriority() >= 0;
    }
}
