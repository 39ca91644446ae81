// SPDX-License-Identifier: MIT
package picorn.emulator.core;

import picorn.emulator.cpu.Reg;

/** The layout of what exception entry stacks (ARMv7-M ARM, B1.5.6, figures B1-3 and B1-4); numbers are words from the frame's base. */
final class ExceptionFrame {
    static final int BASIC_WORDS = 8;
    /** Eight words, S0 to S15, FPSCR and a reserved word. */
    static final int EXTENDED_WORDS = 26;

    static final int RETURN_ADDRESS = 6;
    static final int XPSR = 7;
    static final int S0 = 8;
    static final int FPSCR = 24;
    /** Bit of the stacked xPSR: a word of padding is above the frame. */
    static final int PADDED = 1 << 9;
    /** N, Z, C, V, Q and GE. */
    static final int APSR = 0xF80F_0000;
    /** What return loads: {@link #APSR}, ICI/IT and T, and IPSR. */
    static final int XPSR_BITS = APSR | 0x0700_FC00 | 0x1FF;

    /** What the first words hold; the return address and xPSR come after. */
    static final Reg[] GENERAL = {Reg.R0, Reg.R1, Reg.R2, Reg.R3, Reg.R12, Reg.LR};

    /** What the floating-point part holds. */
    static final Reg[] FLOATING_POINT = {
        Reg.S0, Reg.S1, Reg.S2, Reg.S3, Reg.S4, Reg.S5, Reg.S6, Reg.S7, Reg.S8, Reg.S9, Reg.S10, Reg.S11, Reg.S12,
        Reg.S13, Reg.S14, Reg.S15, Reg.FPSCR
    };

    private ExceptionFrame() {}
}
