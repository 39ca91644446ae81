// SPDX-License-Identifier: MIT
package picorn.emulator.core;

/** EXC_RETURN values (ARMv7-M ARM, table B1-8). */
final class ExcReturn {
    static final int TO_HANDLER = 0xFFFF_FFF1;
    static final int TO_THREAD_MSP = 0xFFFF_FFF9;
    static final int TO_THREAD_PSP = 0xFFFF_FFFD;
    /** Clear: the frame is extended with floating-point state. */
    static final int BASIC_FRAME = 1 << 4;

    private ExcReturn() {}

    static int of(boolean thread, boolean processStack, boolean extended) {
        int basic = !thread ? TO_HANDLER : processStack ? TO_THREAD_PSP : TO_THREAD_MSP;
        return extended ? basic & ~BASIC_FRAME : basic;
    }

    static boolean isLegal(int value) {
        int kind = value | BASIC_FRAME;
        return kind == TO_HANDLER || kind == TO_THREAD_MSP || kind == TO_THREAD_PSP;
    }

    static boolean toThread(int value) {
        return (value & 8) != 0;
    }

    static boolean processStack(int value) {
        return (value & 4) != 0;
    }

    static boolean extended(int value) {
        return (value & BASIC_FRAME) == 0;
    }
}
