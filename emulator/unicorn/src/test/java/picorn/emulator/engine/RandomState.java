// SPDX-License-Identifier: MIT
package picorn.emulator.engine;

import java.util.Random;
import java.util.StringJoiner;
import picorn.emulator.cpu.Reg;

/** Draws what registers hold before an instruction, corner values and addresses of data among them, and the mode of the core. */
final class RandomState {
    private static final Reg[] ALL = Reg.values();
    private static final int THREAD = 1 << 24;
    private static final int FPCA = 4;
    private static final int FPSCR_MASK = 0xf7c0_0000;
    private static final int RMODE = 0x00c0_0000;
    private static final int[] HANDLERS = {11, 15, 16, 100, 2, 3};
    /** Of those, how many have a priority that software can set: FAULTMASK_OF_NMI. */
    private static final int ORDINARY_HANDLERS = 4;

    /** What ends a handler (B1.5.8); no other value is predictable. */
    static final int[] EXC_RETURNS = {0xffff_fff1, 0xffff_fff9, 0xffff_fffd, 0xffff_ffe1, 0xffff_ffe9, 0xffff_ffed};

    private static final int[] CORNERS = {
        0,
        1,
        -1,
        0x7fff_ffff,
        0x8000_0000,
        0x7fff,
        0x8000,
        0xffff,
        0x7f80_0000,
        0xff80_0000,
        0x7fc0_0000,
        0x7f80_0001,
        0x0080_0000,
        0x007f_ffff,
        0x3f80_0000,
        0x8000_7fff,
        0x7fff_8000,
        0x0080_0080
    };

    private final Random random;

    RandomState(Random random) {
        this.random = random;
    }

    /** Values by the order of {@link Reg}, for an instruction of {@code encoding} whose index register is {@code index}, or -1. */
    int[] of(Encoding encoding, int index) {
        boolean addresses = Traits.accesses(encoding);
        int[] values = new int[ALL.length];
        for (Reg register : ALL) {
            int n = register.ordinal();
            boolean core = n <= Reg.R12.ordinal() || register == Reg.LR;
            if (core || n >= Reg.S0.ordinal()) {
                values[n] = core && addresses ? address(n == index) : value();
            }
        }
        values[Reg.FPSCR.ordinal()] = random.nextInt() & FPSCR_MASK;
        if (KnownDifference.FIXED_POINT_ROUNDING.concerns(encoding)) {
            values[Reg.FPSCR.ordinal()] &= ~RMODE;
        }
        mode(encoding, values);
        return values;
    }

    private void mode(Encoding encoding, int[] values) {
        int xpsr = THREAD | random.nextInt() & 0xf80f_0000;
        int control = FPCA;
        boolean anyMode = Traits.readsStatus(encoding) || random.nextInt(4) == 0;
        if (anyMode && random.nextBoolean() && !mayGoAnywhere(encoding)) {
            boolean ordinary = KnownDifference.FAULTMASK_OF_NMI.concerns(encoding);
            xpsr |= HANDLERS[random.nextInt(ordinary ? ORDINARY_HANDLERS : HANDLERS.length)];
            if (Traits.branches(encoding)) {
                returnFromExceptions(values);
            }
        } else if (anyMode) {
            control |= random.nextInt(4);
        }
        values[Reg.XPSR.ordinal()] = xpsr;
        values[Reg.CONTROL.ordinal()] = control;
        values[Reg.MSP.ordinal()] = EnginePair.DATA + 128 + random.nextInt(8) * 4;
        values[Reg.PSP.ordinal()] = EnginePair.DATA + 64 + random.nextInt(8) * 4;
        if (anyMode) {
            values[Reg.PRIMASK.ordinal()] = random.nextInt(2);
            values[Reg.FAULTMASK.ordinal()] = random.nextInt(2);
            values[Reg.BASEPRI.ordinal()] = random.nextInt(256);
        }
    }

    /** A load at any address makes branch targets that are UNPREDICTABLE values of EXC_RETURN; and EXC_RETURN_ANYHOW. */
    private static boolean mayGoAnywhere(Encoding encoding) {
        return Traits.branches(encoding) && encoding.writes("[")
                || KnownDifference.EXC_RETURN_ANYHOW.concerns(encoding);
    }

    /** A target that is an exception return shall be one that the manual knows. */
    private void returnFromExceptions(int[] values) {
        for (int n = 0; n <= Reg.LR.ordinal(); n++) {
            if (values[n] >>> 28 == 15 || random.nextInt(8) == 0) {
                values[n] = EXC_RETURNS[random.nextInt(EXC_RETURNS.length)];
            }
        }
    }

    private int address(boolean index) {
        return index ? random.nextInt(8) * 4 : EnginePair.DATA + 64 + random.nextInt(16) * 4;
    }

    /** A value that finds out about carries, saturation, NaNs, or any. */
    int value() {
        return switch (random.nextInt(4)) {
            case 0 -> CORNERS[random.nextInt(CORNERS.length)];
            case 1 -> random.nextInt(64) - 8;
            case 2 -> 0x3f00_0000 + random.nextInt(0x0200_0000) | random.nextInt(2) << 31;
            default -> random.nextInt();
        };
    }

    /** What is not 0. */
    static String describe(int[] values) {
        StringJoiner text = new StringJoiner(" ");
        for (Reg register : ALL) {
            if (values[register.ordinal()] != 0) {
                text.add("%s=%x".formatted(register, values[register.ordinal()]));
            }
        }
        return text.toString();
    }
}
