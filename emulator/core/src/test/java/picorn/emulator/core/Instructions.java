// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import picorn.emulator.core.ScriptedEngine.Instruction;
import picorn.emulator.cpu.Reg;
import picorn.emulator.cpu.Stop;

/** Instructions by their names in the manual. */
final class Instructions {
    private Instructions() {}

    static Instruction nop() {
        return engine -> {};
    }

    static Instruction svc(int immediate) {
        return engine -> engine.stopAfter(Stop.Reason.SVC, immediate);
    }

    static Instruction bkpt(int immediate) {
        return engine -> engine.stopAt(Stop.Reason.BKPT, immediate);
    }

    static Instruction udf() {
        return faulting(Stop.Fault.UNDEFINED_INSTRUCTION, 0);
    }

    static Instruction faulting(Stop.Fault fault, int address) {
        return engine -> engine.fault(fault, address);
    }

    static Instruction wfi() {
        return engine -> engine.stopAfter(Stop.Reason.WFI, 0);
    }

    static Instruction wfe() {
        return engine -> engine.stopAfter(Stop.Reason.WFE, 0);
    }

    static Instruction sev() {
        return engine -> engine.stopAfter(Stop.Reason.SEV, 0);
    }

    /** MSR, or CPS: the mask registers take effect at once. */
    static Instruction msr(Reg register, int value) {
        return engine -> {
            switch (register) {
                case PRIMASK, BASEPRI, FAULTMASK -> engine.mask(register, value);
                default -> engine.reg(register, value);
            }
        };
    }

    static Instruction mov(Reg register, int value) {
        return engine -> engine.reg(register, value);
    }

    /** A store of {@code value} to {@code address}. */
    static Instruction str(int address, int value) {
        return engine -> engine.store(address, 4, value);
    }

    static Instruction strb(int address, int value) {
        return engine -> engine.store(address, 1, value);
    }

    /** A load to R0. */
    static Instruction ldr(int address) {
        return engine -> engine.reg(Reg.R0, engine.load(address, 4));
    }

    static Instruction bx(int address) {
        return engine -> engine.branch(address);
    }

    static Instruction bxLr() {
        return engine -> engine.branch(engine.reg(Reg.LR));
    }

    static Instruction vmov(Reg single, int value) {
        return engine -> {
            engine.useFloatingPoint();
            engine.reg(single, value);
        };
    }

    static Instruction ldrex() {
        return ScriptedEngine::claimExclusive;
    }

    /** What a fault handler does to go on behind the instruction: the stacked return address moves by one. */
    static Instruction skipFaultingInstruction() {
        return engine -> {
            int returnAddress = engine.reg(Reg.SP) + 0x18;
            engine.store(returnAddress, 4, engine.load(returnAddress, 4) + 2);
        };
    }
}
