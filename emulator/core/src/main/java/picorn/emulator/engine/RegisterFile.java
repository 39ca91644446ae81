// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.Reg;

/** The core's registers by name, as the machine and a debugger see them. */
final class RegisterFile {
    private final Core core;

    RegisterFile(Core core) {
        this.core = core;
    }

    int get(Reg register) {
        int number = register.ordinal();
        return number < Core.PC ? core.r[number] : special(register);
    }

    private int special(Reg register) {
        return switch (register) {
            case PC -> core.pc;
            case XPSR -> core.xpsr();
            case MSP -> core.msp();
            case PSP -> core.psp();
            case PRIMASK -> core.primask;
            case BASEPRI -> core.basepri;
            case FAULTMASK -> core.faultmask;
            case CONTROL -> core.control;
            case FPSCR -> core.fpscr.get();
            default -> core.s[single(register)];
        };
    }

    void set(Reg register, int value) {
        int number = register.ordinal();
        if (number < Core.PC) {
            core.r[number] = number == Core.SP ? value & ~3 : value;
        } else {
            setSpecial(register, value);
        }
    }

    private void setSpecial(Reg register, int value) {
        switch (register) {
            case PC -> core.pc = value & ~1;
            case XPSR -> core.xpsr(value);
            case MSP -> core.msp(value);
            case PSP -> core.psp(value);
            case PRIMASK -> core.primask = value & 1;
            case BASEPRI -> core.basepri = value & 0xff;
            case FAULTMASK -> core.faultmask = value & 1;
            case CONTROL -> core.control(value);
            case FPSCR -> core.fpscr.set(value);
            default -> core.s[single(register)] = value;
        }
    }

    private static int single(Reg register) {
        return register.ordinal() - Reg.S0.ordinal();
    }
}
