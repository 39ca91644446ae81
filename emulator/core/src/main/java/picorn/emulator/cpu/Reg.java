// SPDX-License-Identifier: MIT
package picorn.emulator.cpu;

/** The registers of a Cortex-M4 core that software can name (ARMv7-M ARM, B1.4 and A2.5). */
public enum Reg {
    R0,
    R1,
    R2,
    R3,
    R4,
    R5,
    R6,
    R7,
    R8,
    R9,
    R10,
    R11,
    R12,
    /** The stack pointer in use: {@link #MSP} or {@link #PSP}. Bits 1:0 read as zero. */
    SP,
    LR,
    /** Address of the next instruction, bit 0 clear; the T bit is in {@link #XPSR}. */
    PC,
    /** APSR with Q and GE, EPSR with T and ITSTATE, IPSR, in one word. Writing it does not change stacks: see {@link CpuEngine#enterMode}. */
    XPSR,
    MSP,
    PSP,
    PRIMASK,
    BASEPRI,
    FAULTMASK,
    /** nPRIV, SPSEL, FPCA. */
    CONTROL,
    FPSCR,
    S0,
    S1,
    S2,
    S3,
    S4,
    S5,
    S6,
    S7,
    S8,
    S9,
    S10,
    S11,
    S12,
    S13,
    S14,
    S15,
    S16,
    S17,
    S18,
    S19,
    S20,
    S21,
    S22,
    S23,
    S24,
    S25,
    S26,
    S27,
    S28,
    S29,
    S30,
    S31;

    private static final Reg[] ALL = values();

    /** The core register of number {@code n}, 0 to 15. */
    public static Reg core(int n) {
        return ALL[n & 15];
    }

    /** The single-precision register of number {@code n}, 0 to 31. */
    public static Reg single(int n) {
        return ALL[S0.ordinal() + (n & 31)];
    }
}
