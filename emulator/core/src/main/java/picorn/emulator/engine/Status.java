// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import picorn.emulator.cpu.Stop.Reason;

/** MRS, MSR and CPS (ARMv7-M ARM, B5.2), hints and barriers (A4.9, A7.6.6). */
final class Status {
    private static final int MSP = 8;
    private static final int PSP = 9;
    private static final int PRIMASK = 16;
    private static final int BASEPRI = 17;
    private static final int BASEPRI_MAX = 18;
    private static final int FAULTMASK = 19;
    private static final int CONTROL = 20;

    private static final int NMI = 2;
    private static final int HARD_FAULT = 3;

    private Status() {}

    static void encodings(EncodingTable e) {
        // the JVM links each method reference at each start: one for each method, not one for each row
        Meaning nothing = Status::nothing;
        Meaning waitForEvent = Status::waitForEvent;
        Meaning waitForInterrupt = Status::waitForInterrupt;
        Meaning sendEvent = Status::sendEvent;
        e.add("10110110011 w 00 ii", "cps<ie> <if>", Status::changeState, Cost.TWO);
        e.add("1111001111101111 1000 dddd iiiiiiii", "mrs<c> <d>, <sysm>", Status::readSpecial, Cost.TWO);
        e.add("111100111000 nnnn 1000 ww00 iiiiiiii", "msr<c> <sysm>, <n>", Status::writeSpecial, Cost.TWO);
        e.add("10111111 iiii 0000", "nop<c> {<i>}", nothing);
        e.add("10111111 0000 0000", "nop<c>", nothing);
        e.add("10111111 0001 0000", "yield<c>", nothing);
        e.add("10111111 0010 0000", "wfe<c>", waitForEvent);
        e.add("10111111 0011 0000", "wfi<c>", waitForInterrupt);
        e.add("10111111 0100 0000", "sev<c>", sendEvent);
        e.add("1111001110101111 10000000 iiiiiiii", "nop<c>.w {<i>}", nothing);
        e.add("1111001110101111 10000000 00000000", "nop<c>.w", nothing);
        e.add("1111001110101111 10000000 00000001", "yield<c>.w", nothing);
        e.add("1111001110101111 10000000 00000010", "wfe<c>.w", waitForEvent);
        e.add("1111001110101111 10000000 00000011", "wfi<c>.w", waitForInterrupt);
        e.add("1111001110101111 10000000 00000100", "sev<c>.w", sendEvent);
        e.add("1111001110101111 10000000 1111 iiii", "dbg<c> #<i>", nothing);
        e.add("1111001110111111 10001111 0100 iiii", "dsb<c> <barrier>", nothing);
        e.add("1111001110111111 10001111 0101 iiii", "dmb<c> <barrier>", nothing);
        e.add("1111001110111111 10001111 0110 iiii", "isb<c> <barrier>", nothing, Cost.REFILL);
    }

    /** How MRS and MSR name the register {@code sysm}, with the flags that {@code mask} of MSR writes; 0 for MRS. */
    static String name(int sysm, int mask) {
        String flags = new String[] {"", "_g", "_nzcvq", "_nzcvqg"}[mask];
        return switch (sysm) {
            case 0 -> "APSR" + flags;
            case 1 -> "IAPSR";
            case 2 -> "EAPSR";
            case 3 -> "PSR";
            case 5 -> "IPSR";
            case 6 -> "EPSR";
            case 7 -> "IEPSR";
            case MSP -> "MSP";
            case PSP -> "PSP";
            case PRIMASK -> "PRIMASK";
            case BASEPRI -> "BASEPRI";
            case BASEPRI_MAX -> "BASEPRI_MAX";
            case FAULTMASK -> "FAULTMASK";
            case CONTROL -> "CONTROL";
            default -> "<unknown>";
        };
    }

    static void nothing(Core core, Instruction i) {
        // hints need do nothing; accesses are in order and complete, and code is never stale, so barriers neither
    }

    static void waitForEvent(Core core, Instruction i) {
        core.stopAfter(Reason.WFE, 0);
    }

    static void waitForInterrupt(Core core, Instruction i) {
        core.stopAfter(Reason.WFI, 0);
    }

    static void sendEvent(Core core, Instruction i) {
        core.stopAfter(Reason.SEV, 0);
    }

    static void changeState(Core core, Instruction i) {
        if (!core.privileged()) {
            return;
        }
        int primask = (i.i & 2) != 0 ? i.w : core.primask;
        int faultmask = (i.i & 1) != 0 ? faultmask(core, i.w) : core.faultmask;
        core.masks(primask, core.basepri, faultmask);
    }

    /** FAULTMASK cannot be set at the priority of NMI and HardFault. */
    private static int faultmask(Core core, int wanted) {
        return core.ipsr == NMI || core.ipsr == HARD_FAULT ? core.faultmask & wanted : wanted;
    }

    static void readSpecial(Core core, Instruction i) {
        core.r[i.d] = i.i < MSP ? programStatus(core, i.i) : special(core, i.i);
    }

    private static int programStatus(Core core, int which) {
        int exception = (which & 1) != 0 ? core.ipsr : 0;
        return (which & 4) == 0 ? exception | core.apsr() : exception;
    }

    private static int special(Core core, int which) {
        if (which == CONTROL) {
            return core.control;
        }
        if (!core.privileged()) {
            return 0;
        }
        return switch (which) {
            case MSP -> core.msp();
            case PSP -> core.psp();
            case PRIMASK -> core.primask;
            case BASEPRI, BASEPRI_MAX -> core.basepri;
            case FAULTMASK -> core.faultmask;
            default -> 0;
        };
    }

    static void writeSpecial(Core core, Instruction i) {
        int value = core.r[i.n];
        if (i.i < MSP) {
            writeFlags(core, i, value);
        } else if (core.privileged()) {
            writePrivileged(core, i.i, value);
        }
    }

    private static void writeFlags(Core core, Instruction i, int value) {
        if ((i.i & 4) != 0) {
            return;
        }
        if ((i.w & 2) != 0) {
            core.setNzcv(value);
            core.q = value >>> 27 & 1;
        }
        if ((i.w & 1) != 0) {
            core.ge = value >>> 16 & 15;
        }
    }

    private static void writePrivileged(Core core, int which, int value) {
        switch (which) {
            case MSP -> core.msp(value);
            case PSP -> core.psp(value);
            case PRIMASK -> core.masks(value & 1, core.basepri, core.faultmask);
            case BASEPRI -> core.masks(core.primask, value & 0xff, core.faultmask);
            case BASEPRI_MAX -> raiseBasepri(core, value & 0xff);
            case FAULTMASK -> core.masks(core.primask, core.basepri, faultmask(core, value & 1));
            case CONTROL -> writeControl(core, value);
            default -> {} // reserved
        }
    }

    private static void raiseBasepri(Core core, int value) {
        if (value != 0 && (core.basepri == 0 || value < core.basepri)) {
            core.masks(core.primask, value, core.faultmask);
        }
    }

    private static void writeControl(Core core, int value) {
        int keeps = core.inHandler() ? Core.SPSEL : 0;
        core.control(core.control & keeps | value & ~keeps);
    }
}
