// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.core.ExceptionNumber.BUS_FAULT;
import static picorn.emulator.core.ExceptionNumber.MEM_MANAGE;
import static picorn.emulator.core.ExceptionNumber.USAGE_FAULT;

import picorn.emulator.cpu.CpuEngine;
import picorn.emulator.cpu.Stop;
import picorn.emulator.register.Field;

/** What an instruction's fault sets in the status registers and which exception it is (ARMv7-M ARM, B1.5.14, table B1-9). */
final class FaultHandling {
    private final CpuEngine engine;
    private final CoreBus coreBus;
    private final SystemControlBlock scb;
    private final FloatingPointUnit fpu;
    private final EngineContext context;
    private final ExceptionModel model;

    FaultHandling(
            CpuEngine engine,
            CoreBus coreBus,
            SystemControlBlock scb,
            FloatingPointUnit fpu,
            EngineContext context,
            ExceptionModel model) {
        this.engine = engine;
        this.coreBus = coreBus;
        this.scb = scb;
        this.fpu = fpu;
        this.context = context;
        this.model = model;
    }

    void handle(Stop stop) {
        switch (stop.fault()) {
            case UNDEFINED_INSTRUCTION -> usage(scb.undefinstr);
            case INVALID_STATE -> usage(scb.invstate);
            case NO_COPROCESSOR -> floatingPoint();
            case UNALIGNED -> usage(scb.unaligned);
            case DIVIDE_BY_ZERO -> usage(scb.divbyzero);
            case FETCH -> fetch(stop.address());
            case FETCH_PROTECTION -> fetchViolation();
            case READ_PROTECTION, WRITE_PROTECTION -> dataViolation(stop.address());
            case READ, WRITE -> data(stop.address());
            case NONE -> throw new IllegalStateException("a fault without a kind");
        }
    }

    private void usage(Field status) {
        status.set();
        model.raise(USAGE_FAULT);
    }

    private void floatingPoint() {
        if (fpu.lspact.isSet() && fpu.grants(engine.privileged())) {
            model.preserveFloatingPoint();
        } else {
            usage(scb.nocp);
        }
    }

    private void fetch(int address) {
        if (coreBus.mayFetch(address)) {
            scb.ibuserr.set();
            model.raise(BUS_FAULT);
        } else {
            fetchViolation();
        }
    }

    private void fetchViolation() {
        if (!triesAgain()) {
            scb.iaccviol.set();
            model.raise(MEM_MANAGE);
        }
    }

    private void data(int address) {
        if (coreBus.refusal() == CoreBus.Refusal.PROTECTION) {
            dataViolation(address);
            return;
        }
        scb.preciserr.set();
        scb.busFaultAddress(address);
        model.raise(BUS_FAULT);
    }

    private void dataViolation(int address) {
        if (!triesAgain()) {
            scb.memManageAddress(address);
            scb.daccviol.set();
            model.raise(MEM_MANAGE);
        }
    }

    /** Whether the MPU that refused is off by now, since software has set FAULTMASK: the instruction is executed anew then. */
    private boolean triesAgain() {
        boolean outdated = context.protectionIsOutdated();
        if (outdated) {
            context.changed();
        }
        return outdated;
    }
}
