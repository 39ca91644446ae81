// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import static picorn.emulator.core.ExceptionNumber.BUS_FAULT;
import static picorn.emulator.core.ExceptionNumber.MEM_MANAGE;
import static picorn.emulator.core.ExceptionNumber.USAGE_FAULT;

import picorn.emulator.cpu.Stop;
import picorn.emulator.register.Field;

/** What an instruction's fault sets in the status registers and which exception it is (ARMv7-M ARM, B1.5.14, table B1-9). */
final class FaultHandling {
    private final ExceptionModel model;
    private final CoreBus coreBus;
    private final SystemControlBlock scb;
    private final FloatingPointUnit fpu;

    FaultHandling(ExceptionModel model, CoreBus coreBus, SystemControlBlock scb, FloatingPointUnit fpu) {
        this.model = model;
        this.coreBus = coreBus;
        this.scb = scb;
        this.fpu = fpu;
    }

    void handle(Stop stop) {
        switch (stop.fault()) {
            case UNDEFINED_INSTRUCTION -> usage(scb.undefinstr);
            case INVALID_STATE -> usage(scb.invstate);
            case NO_COPROCESSOR -> floatingPoint();
            case UNALIGNED -> usage(scb.unaligned);
            case DIVIDE_BY_ZERO -> usage(scb.divbyzero);
            case FETCH -> fetch(stop.address());
            case FETCH_PROTECTION -> memManage(scb.iaccviol);
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
        if (fpu.lspact.isSet()) {
            model.saveFloatingPoint();
        } else {
            usage(scb.nocp);
        }
    }

    private void fetch(int address) {
        if (DefaultMemoryMap.executable(address)) {
            scb.ibuserr.set();
            model.raise(BUS_FAULT);
        } else {
            memManage(scb.iaccviol);
        }
    }

    private void memManage(Field status) {
        status.set();
        model.raise(MEM_MANAGE);
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
        scb.memManageAddress(address);
        memManage(scb.daccviol);
    }
}
